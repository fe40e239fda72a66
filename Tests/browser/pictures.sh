#!/bin/sh
# Pictures of the HTML report: four pages at 1280 and 390 px, in both schemes, and the first page of the print.
# Takes the binary's path and the folder for the pictures.
set -eu
binary=$1
mkdir -p "$2"
tests=$(dirname "$0")
python=$tests/../../.build/browser-venv/bin/python
[ -x "$python" ] || { echo "No pictures: 'make browser-setup' did not install what they need"; exit 1; }
pages=$(mktemp -d)
trap 'rm -rf "$pages"' EXIT
sh "$tests/pages.sh" "$binary" "$pages"
"$python" "$tests/pictures.py" "$pages" "$2"
