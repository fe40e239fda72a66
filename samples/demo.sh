# Leads the samples through the commands. Takes the binary's path, and the folder for what is written.
set -eu
benchtrail=$1
folder=${2:-.build/demo}
mkdir -p "$folder"
policy=samples/benchtrail.yaml

title() {
  printf '\n\033[1;7m %s \033[0m\n' "$1"
}

prompt() {
  printf '\n\033[1m$ benchtrail %s\033[0m\n' "$*"
}

say() {
  prompt "$@"
  "$benchtrail" "$@"
}

# Only so many lines, where there are many more.
say_first() {
  most=$1
  shift
  prompt "$@"
  "$benchtrail" "$@" | awk -v most="$most" '
    NR <= most
    END { if (NR > most) print "... and " NR - most " lines more" }'
}

title 'Logs of three tools go in, as text and as JSON'
say import samples/db-1 samples/web-1 samples/web-2 --host-from 'samples/{host}/*'
say import samples/web-3/1-docker-bench.txt --host web-3 --at 2026-11-21
say import samples/web-3/2-docker-bench.txt --host web-3 --at 2026-11-22
say import samples/node-1/1-kube-bench.txt --host node-1 --at 2026-11-21
say import samples/node-1/2-kube-bench.json --host node-1 --at 2026-11-22
say runs
say hosts
say status web-1 --policy "$policy"

title 'What fails'
say show web-1

title 'What changed'
say compare web-1~1 web-1
say compare web-3~1 web-3
say compare --fleet

title 'What an id means'
say explain 2.2.b
say explain --list --section daemon --severity high

title 'How it moved'
say trend --host web-1 --limit 5

title 'What is most urgent'
say top -n 5 --why

title 'Which threats are open'
say stride --limit 1
say threats --host web-1 --system docker

title 'What to fix first'
say_first 50 shortlist --host web-1 -n 3
say shortlist --host web-3 --pick 3 --cover-threats --outside 5.10,5.14,5.22
say shortlist --host web-3 --findings 2.1,2.2.b,4.5

title 'The document of an analyst: its summary'
prompt shortlist --host web-3 --findings 2.1,2.2.b,4.5 --document --threats-per-system 5 \
  --format markdown '>' "$folder/threats.md"
"$benchtrail" shortlist --host web-3 --findings 2.1,2.2.b,4.5 --document --threats-per-system 5 \
  --format markdown > "$folder/threats.md"
sed -n '/^## Summary/,/^## Threat model of Docker/p' "$folder/threats.md" | grep -v '^## Threat model'

title 'What the policy says'
say policy audit --policy "$policy"
code=0
say gate --policy "$policy" || code=$?
echo "exit code $code"

title 'For people, and for other programs'
say report --policy "$policy" --format html -o "$folder/report.html"
say export --policy "$policy" --format sarif -o "$folder/findings.sarif"
for file in threats.md findings.sarif; do
  echo "$folder/$file: $(wc -c < "$folder/$file") bytes"
done
echo "The report, for a browser: $folder/report.html"
