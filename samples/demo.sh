# Imports the samples, shows what fails, and compares two runs. Takes the binary's path.
set -eu
benchtrail=$1

say() {
  printf '\n\033[1m$ benchtrail %s\033[0m\n' "$*"
  "$benchtrail" "$@"
}

say import samples/db-1 samples/web-1 samples/web-2 --host-from 'samples/{host}/*'
say import samples/web-3/1-docker-bench.txt --host web-3 --at 2026-11-21
say import samples/web-3/2-docker-bench.txt --host web-3 --at 2026-11-22
say import samples/node-1/1-kube-bench.txt --host node-1 --at 2026-11-21
say import samples/node-1/2-kube-bench.json --host node-1 --at 2026-11-22
say runs
say show web-1
say compare web-1~1 web-1
say compare web-2~1 web-2
say compare web-3~1 web-3
say compare node-1~1 node-1
say explain 2.2.b
