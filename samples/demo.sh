# Imports the samples, shows what fails, and compares two runs. Takes the binary's path.
set -eu
benchtrail=$1

say() {
  printf '\n\033[1m$ benchtrail %s\033[0m\n' "$*"
  "$benchtrail" "$@"
}

say import samples/db-1 samples/web-1 samples/web-2 --host-from 'samples/{host}/*'
say runs
say show web-1
say compare web-1~1 web-1
say compare web-2~1 web-2
say explain 5.1
