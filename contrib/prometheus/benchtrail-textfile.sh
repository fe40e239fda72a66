#!/bin/sh
# Writes the metrics for node_exporter's textfile collector. Takes its folder; other words go to benchtrail, such as
# --host or --policy. The file is put in place whole, so that no half of it is ever read.
set -eu
folder=${1:-/var/lib/node_exporter/textfile_collector}
[ $# -eq 0 ] || shift
# node_exporter runs as a user of its own.
exec "${BENCHTRAIL:-benchtrail}" export --format openmetrics -o "$folder/benchtrail.prom" --mode 0644 "$@"
