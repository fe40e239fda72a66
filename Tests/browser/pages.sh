#!/bin/sh
# Makes four pages of the HTML report: of the samples' fleet, of one of its hosts, of a host on which nothing fails,
# and of hosts and items whose names are markup. Takes the binary's path and the folder for the pages.
set -eu
benchtrail=$1
mkdir -p "$2"
out=$(cd "$2" && pwd)
case $benchtrail in /*) ;; *) benchtrail=$(pwd)/$benchtrail ;; esac
cd "$(dirname "$0")/../.."

# Now is 2026-11-23 06:00 UTC, some hours after the samples' newest run.
export SOURCE_DATE_EPOCH=1795413600
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Imports into the database of a page. Warnings are of no interest here.
import() {
  db=$1
  shift
  "$benchtrail" import --db "$work/$db.db" "$@" > "$work/said" 2>&1 || { cat "$work/said" >&2; exit 1; }
}

# Writes a page from its database.
report() {
  "$benchtrail" report --db "$work/$1.db" -o "$out/$2.html" --policy "${3:-samples/benchtrail.yaml}" ${4:+--host "$4"}
}

# A whole run of Aqua docker-bench; its four checks end as the argument says.
log() {
  cat << END
[INFO] 18.09 CIS Docker Community Edition Benchmark
[INFO] 1.2 Linux Hosts Specific Configuration
[$1] 1.2.1 Ensure a separate partition for containers has been created (Scored)
[INFO] 2 Docker daemon configuration
[$1] 2.1 Ensure network traffic is restricted between containers on the default bridge (Scored)
[INFO] 4 Container Images and Build File Configuration
[$1] 4.5 Ensure Content trust for Docker is Enabled (Scored)
[INFO] 5 Container Runtime Configuration
[$1] 5.10 Ensure that the memory usage for container is limited (Scored)

== Summary ==
$([ "$1" = PASS ] && echo 4 || echo 0) checks PASS
$([ "$1" = FAIL ] && echo 4 || echo 0) checks FAIL
0 checks WARN
0 checks INFO
END
}

import samples samples/db-1 samples/web-1 samples/web-2 --host-from 'samples/{host}/*'
for day in 1 2; do
  import samples samples/web-3/$day-docker-bench.txt --host web-3 --at 2026-11-2$day
done
import samples samples/node-1/1-kube-bench.txt --host node-1 --at 2026-11-21
import samples samples/node-1/2-kube-bench.json --host node-1 --at 2026-11-22
report samples fleet
report samples host samples/benchtrail.yaml web-1

cat > "$work/clean.yaml" << 'END'
version: 1
gate: {severity: low, incomplete: true}
END
log FAIL > "$work/before.txt"
log PASS > "$work/after.txt"
import clean "$work/before.txt" --host build-1 --at 2026-11-20
import clean "$work/after.txt" --host build-1 --at 2026-11-22
report clean clean "$work/clean.yaml"

# check.py looks for the first two names.
cat > "$work/hostile.json" << 'END'
{"dockerbenchsecurity": "1.6.0<b>", "start": 1795406400, "tests": [
  {"id": "4", "desc": "Images <img src=x onerror=alert(1)>", "results": [
    {"id": "4.1", "desc": "Ensure that a user for the container has been created (Automated)", "result": "WARN",
     "details": "running as root: <script>alert(1)</script>",
     "items": ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\"><svg onload=alert(1)>",
               "' autofocus onfocus='alert(1)", "{{{script}}}", "javascript:alert(1)", "</details></main><h1>x",
               "\u202egpj", "a-name-without-any-place-to-break-a-line-that-goes-on-and-on-and-on-for-100-letters-x"]},
    {"id": "4.99", "desc": "Unknown <img src=x onerror=alert(1)>", "result": "WARN"}]}],
 "checks": 2, "score": 0, "end": 1795406401}
END
import hostile "$work/hostile.json" --host '<script>alert(1)</script>'
import hostile "$work/hostile.json" --host '<img src=x onerror=alert(1)>'
import hostile "$work/before.txt" --host '" onmouseover="alert(1)&q=#findings?host=' --at 2026-11-21
import hostile "$work/after.txt" --host 'a%20name/of:a+host,and so on; with 100 letters and blanks, which is as long as names come' --at 2026-11-21
report hostile hostile "$work/clean.yaml"
