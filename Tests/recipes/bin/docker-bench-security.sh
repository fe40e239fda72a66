#!/bin/bash
# docker-bench-security, whose first run on a machine is the first of web-1's log and whose later runs are the second.
# It appends to -l FILE, and prints the same.
log=/dev/null
while getopts bl: option; do [ "$option" = l ] && log=$OPTARG; done
mkdir -p log
number=$(($(cat "$RUNS" 2> /dev/null || echo 0) + 1))
echo "$number" > "$RUNS"
awk -v wanted="$((number > 1 ? 2 : 1))" '/^Initializing/ { run++ } run == wanted' \
  "$SAMPLES/web-1/docker-bench-security.log" | tee -a "$log"
