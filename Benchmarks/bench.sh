#!/bin/sh
# Measures BenchTrail and the tools that do part of its work, in turn on the same input, and prints
# ratios as Markdown. Called by `make bench`, from the top of the repository, with release binaries built.
set -eu

benchtrail=.build/release/benchtrail
reading=.build/release/measure-reading
fleet=.build/release/make-fleet
dir=.build/bench
sample=samples/web-1/docker-bench-security.log
rounds=7

command -v sqlite3 > /dev/null || { echo "sqlite3's shell is missing: apt-get install sqlite3" >&2; exit 1; }
[ -x "$benchtrail" ] && [ -x "$reading" ] && [ -x "$fleet" ] || { echo "build first: make bench" >&2; exit 1; }
rm -rf "$dir" && mkdir -p "$dir"

now() { date +%s%N; }

# The wall time of a command in milliseconds. Its output goes to a file: grep stops at the first match when
# it sees that nobody reads.
millis() {
  start=$(now)
  # A gate that fails ends with 1.
  "$@" > "$dir/out" || [ $? -eq 1 ]
  echo "$(now) $start" | awk '{ printf "%.2f\n", ($1 - $2) / 1e6 }'
}

median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

ratio() { awk "BEGIN { printf \"%.3g\", $1 / $2 }"; }

# Two commands in turn, so that both meet the same noise: prints both medians.
in_turn() {
  : > "$dir/a"; : > "$dir/b"
  for round in $(seq "$rounds"); do
    eval "millis $1" >> "$dir/a"
    eval "millis $2" >> "$dir/b"
  done
  echo "$(median < "$dir/a") $(median < "$dir/b")"
}

# The first run of the sample, as a log with its own time: second $1 from the start of 2026.
one_run() {
  awk -v at="$1" '
    /^Initializing/ { if (++runs > 1) exit
      print "Initializing " strftime("%Y-%m-%dT%H:%M:%S+00:00", 1767225600 + at, 1); next }
    { print }' "$sample"
}

# A log of about $1 megabytes of appended runs: the time of each its own, every hundredth with a new container.
appended() {
  awk -v bytes="$(($1 * 1000000))" '
    { if (/^Initializing/) { if (++runs > 1) exit }
      lines[++n] = $0; size += length($0) + 1 }
    END {
      for (run = 0; run * size < bytes; run++)
        for (i = 1; i <= n; i++) {
          line = lines[i]
          if (line ~ /^Initializing/)
            line = "Initializing " strftime("%Y-%m-%dT%H:%M:%S+00:00", 1767225600 + run * 600, 1)
          if (run % 100 == 99) sub(/redis-cache$/, "cache-" run, line)
          print line
        }
    }' "$sample"
}

echo "preparing" >&2
gawk=$(awk 'BEGIN { print strftime("%Y", 0, 1) }' 2> /dev/null || true)
[ "$gawk" = 1970 ] || { echo "gawk is missing: apt-get install gawk" >&2; exit 1; }
appended 100 > "$dir/100.log"
appended 500 > "$dir/500.log"
# Logs of the other tools have no time: the runs of a file stand one after the other.
repeated() {
  awk -v bytes=100000000 '{ lines[++n] = $0; size += length($0) + 1 }
    END { for (run = 0; run * size < bytes; run++) for (i = 1; i <= n; i++) print lines[i] }' "$1"
}
repeated samples/web-3/1-docker-bench.txt > "$dir/docker-bench.log"
repeated samples/node-1/1-kube-bench.txt > "$dir/kube-bench.log"
repeated samples/node-1/2-kube-bench.json > "$dir/kube-bench.json"
for tool in docker-bench kube-bench; do
  mkdir -p "$dir/$tool"
  sample_of=$(ls samples/*/1-$tool.txt)
  awk -v dir="$dir/$tool" '
    { lines[++n] = $0 }
    END { for (i = 0; i < 2000; i++) { file = dir "/host-" i ".txt"
        for (l = 1; l <= n; l++) print lines[l] > file
        close(file) } }' "$sample_of"
done
for kind in equal distinct; do
  mkdir -p "$dir/$kind"
  host=0
  while [ "$host" -lt 500 ]; do
    mkdir -p "$dir/$kind/host-$host"
    host=$((host + 1))
  done
  # 500 hosts, 10 days each; in "distinct" every log has a container of its own in every section that lists any.
  one_run 0 | awk -v kind="$kind" -v dir="$dir/$kind" '
    { lines[++n] = $0 }
    END {
      for (i = 0; i < 5000; i++) {
        file = dir "/host-" (i % 500) "/" int(i / 500) ".log"
        for (l = 1; l <= n; l++) {
          line = lines[l]
          day = int(i / 500) + (kind == "distinct" ? 10 : 0)
          if (line ~ /^Initializing/)
            line = "Initializing " strftime("%Y-%m-%dT%H:%M:%S+00:00", 1767225600 + day * 86400 + i % 500, 1)
          if (kind == "distinct") { sub(/redis-cache$/, "cache-" i, line); sub(/web-frontend$/, "web-" i, line) }
          print line > file
        }
        close(file)
      }
    }'
done

cpu=$(awk -F ': ' '/model name/ { print $2; exit }' /proc/cpuinfo)
size=$(one_run 0 | wc -c)
echo "Machine: $(nproc) cores, $cpu, $(uname -sr); $(swift --version 2> /dev/null | head -n 1)."
echo "Input: appended and single logs made from \`$sample\`, $size bytes a run. Medians of $rounds rounds in turn."
echo
echo "| what | BenchTrail | peer | ratio |"
echo "|---|---|---|---|"

echo "reading" >&2
: > "$dir/a"; : > "$dir/b"
for round in $(seq "$rounds"); do
  "$reading" "$dir/100.log" | awk '{ print $1 * 1000 }' >> "$dir/a"
  millis grep -c WARN "$dir/100.log" >> "$dir/b"
done
us=$(median < "$dir/a"); peer=$(median < "$dir/b")
echo "| read 100 MB to parsed findings, against \`grep -c WARN\` | $us ms | $peer ms | $(ratio "$us" "$peer") |"
: > "$dir/b"
for round in $(seq "$rounds"); do millis grep -cE '\[(PASS|WARN|INFO|NOTE)\]' "$dir/100.log" >> "$dir/b"; done
counting=$(median < "$dir/b")
echo "| the same, against \`grep -cE\` of the lines that are results | $us ms | $counting ms | $(ratio "$us" "$counting") |"
understood=$("$reading" --normalize "$dir/100.log" | awk '{ print $1 * 1000 }')
echo "| the same and know every check's control, outcome and items | $understood ms | $peer ms | $(ratio "$understood" "$peer") |"

# In MB/s the three formats are read alike; grep is faster where few lines match.
for log in docker-bench.log kube-bench.log kube-bench.json; do
  : > "$dir/a"; : > "$dir/b"
  for round in $(seq "$rounds"); do
    "$reading" "$dir/$log" | awk '{ print $1 * 1000 }' >> "$dir/a"
    millis grep -c WARN "$dir/$log" >> "$dir/b"
  done
  us=$(median < "$dir/a"); peer=$(median < "$dir/b")
  rate=$(awk "BEGIN { printf \"%d\", 100000 / $us }")
  echo "| read 100 MB of $log to parsed findings, $rate MB/s, against \`grep -c WARN\` | $us ms | $peer ms | $(ratio "$us" "$peer") |"
  if [ "$log" != kube-bench.json ]; then
    : > "$dir/b"
    for round in $(seq "$rounds"); do millis grep -cE '^\[(PASS|FAIL|WARN|INFO)\] ' "$dir/$log" >> "$dir/b"; done
    counting=$(median < "$dir/b")
    echo "| the same, against \`grep -cE\` of the lines that are results | $us ms | $counting ms | $(ratio "$us" "$counting") |"
  fi
  understood=$("$reading" --normalize "$dir/$log" | awk '{ print $1 * 1000 }')
  echo "| the same and know every check's control and outcome | $understood ms | $peer ms | $(ratio "$understood" "$peer") |"
done

for tool in docker-bench kube-bench; do
  echo "import of 2,000 logs of $tool" >&2
  rm -f "$dir/$tool.db"*
  us=$(millis "$benchtrail" import --db "$dir/$tool.db" "$dir/$tool" --host-from "$tool/{host}.txt" --format json)
  parse=$("$reading" "$dir/$tool"/*.txt | awk '{ print $1 * 1000 }')
  bytes=$(cat "$dir/$tool"/host-0.txt | wc -c)
  rate=$(awk "BEGIN { printf \"%d\", 2000 / $us * 1000 }")
  echo "| import 2,000 logs of $tool, $bytes bytes each, $rate a second, against parsing them alone | $us ms | $parse ms | $(ratio "$us" "$parse") |"
done

for kind in equal distinct; do
  echo "import of 5,000 $kind logs" >&2
  rm -f "$dir/$kind.db"*
  us=$(millis "$benchtrail" import --db "$dir/$kind.db" "$dir/$kind" --host-from "$kind/{host}/*.log" --format json)
  parse=$("$reading" "$dir/$kind"/*/*.log | awk '{ print $1 * 1000 }')
  sqlite3 -csv "$dir/$kind.db" "
    SELECT run.id, finding.*, checkTitle.* FROM run JOIN snapshotState USING (snapshotId)
    JOIN finding USING (stateId) JOIN checkTitle ON checkTitle.id = checkTitleId" > "$dir/finding.csv"
  sqlite3 -csv "$dir/$kind.db" "
    SELECT run.id, item.* FROM run JOIN snapshotState USING (snapshotId) JOIN item USING (stateId)" > "$dir/item.csv"
  rm -f "$dir/csv.db"
  peer=$(millis sqlite3 "$dir/csv.db" ".mode csv" "PRAGMA journal_mode = WAL" \
    "CREATE TABLE finding (run, state, position, title, status, outcome, truncated, details, id, checkId, text, control)" \
    "CREATE TABLE item (run, state, position, number, kind, name, stable, value)" \
    ".import $dir/finding.csv finding" ".import $dir/item.csv item")
  rate=$(awk "BEGIN { printf \"%d\", 5000 / $us * 1000 }")
  echo "| import 5,000 $kind logs, $rate logs a second, against parsing them alone | $us ms | $parse ms | $(ratio "$us" "$parse") |"
  echo "| the same, against \`sqlite3 .import\` of the same rows from CSV | $us ms | $peer ms | $(ratio "$us" "$peer") |"
  rows=$(cat "$dir/finding.csv" "$dir/item.csv" | wc -l)
  sqlite3 "$dir/$kind.db" "PRAGMA wal_checkpoint(TRUNCATE)" > /dev/null
  bytes=$(wc -c < "$dir/$kind.db"); csv=$(wc -c < "$dir/csv.db")
  echo "| database of these 5,000 runs ($rows rows), against that of the CSV | $((bytes / 5000)) bytes a run | $((csv / 5000)) bytes a run | $(ratio "$bytes" "$csv") |"
done

echo "growth" >&2
rm -f "$dir/growth.db"*
i=0
mkdir -p "$dir/more"
one_run 0 > "$dir/more/first.log"
"$benchtrail" import --db "$dir/growth.db" --host h "$dir/more/first.log" > /dev/null
sqlite3 "$dir/growth.db" "PRAGMA wal_checkpoint(TRUNCATE)" > /dev/null
before=$(wc -c < "$dir/growth.db")
one_run 0 | awk '
  { lines[++n] = $0 }
  END { for (r = 1; r <= 2000; r++) for (l = 1; l <= n; l++)
      print (lines[l] ~ /^Initializing/ ? "Initializing " strftime("%Y-%m-%dT%H:%M:%S+00:00", 1767225600 + r * 3600, 1) : lines[l]) }' > "$dir/more/many.log"
"$benchtrail" import --db "$dir/growth.db" --host h "$dir/more/many.log" > /dev/null
sqlite3 "$dir/growth.db" "PRAGMA wal_checkpoint(TRUNCATE)" > /dev/null
after=$(wc -c < "$dir/growth.db")
echo "| database for each of 2,000 further runs that equal the first, against its log | $(((after - before) / 2000)) bytes | $size bytes | $(awk "BEGIN { printf \"%.4f\", ($after - $before) / 2000 / $size }") |"

echo "start-up" >&2
"$benchtrail" import --db "$dir/equal.db" "$dir/distinct" --host-from 'distinct/{host}/*.log' --label batch=2 > /dev/null
runs=$(sqlite3 "$dir/equal.db" 'SELECT count(*) FROM run')
sql="sqlite3 :memory: 'select 1'"
set -- $(in_turn "$benchtrail --version" "$sql")
echo "| start: \`benchtrail --version\`, against \`sqlite3 :memory: 'select 1'\` | $1 ms | $2 ms | $(ratio "$1" "$2") |"
set -- $(in_turn "$benchtrail compare --db $dir/equal.db host-7~1 host-7" "$sql")
echo "| \`compare\` of two runs out of $runs, against the same | $1 ms | $2 ms | $(ratio "$1" "$2") |"

# Runs a command, and leaves its highest resident size in KiB in $last.
peak() {
  "$@" > /dev/null &
  process=$!
  last=0
  while kill -0 "$process" 2> /dev/null; do
    peak=$(awk '/VmHWM/ { print $2 }' "/proc/$process/status" 2> /dev/null || true)
    [ -n "$peak" ] && last=$peak
    sleep 0.01
  done
  # A gate that fails ends with 1.
  wait "$process" || [ $? -eq 1 ]
}

echo "memory" >&2
peak "$benchtrail" import --db "$dir/memory.db" --host h "$dir/500.log" --format json
log=$(($(wc -c < "$dir/500.log") / 1000))
count=$(sqlite3 "$dir/memory.db" 'SELECT count(*) FROM run')
echo "| peak memory of importing one log of $((log / 1000)) MB with $count runs, against the log | $((last / 1024)) MiB | $((log / 1024)) MiB | $(ratio "$last" "$log") |"

# The size of a fleet's database in bytes, made of logs: $1 hosts, $2 days, and the logs that it begins with.
make_fleet() {
  rm -f "$dir"/*.db* "$dir"/*.log "$dir"/*.csv
  "$fleet" "$dir/fleet.db" "$1" "$2" samples/web-1/*.log samples/web-2/* samples/db-1/* > "$dir/fleet.txt"
  sqlite3 "$dir/fleet.db" "PRAGMA wal_checkpoint(TRUNCATE)" > /dev/null
  wc -c < "$dir/fleet.db"
}

# An export of the fleet against copying the same bytes, with its highest memory; to /dev/null, what is left is the work
# of the program, and not of the disk.
export_line() {
  "$benchtrail" export --format "$1" --db "$dir/fleet.db" > "$dir/export"
  size=$(wc -c < "$dir/export")
  : > "$dir/a"; : > "$dir/b"
  for round in $(seq "$rounds"); do
    millis "$benchtrail" export --format "$1" -o "$dir/exported" --db "$dir/fleet.db" >> "$dir/a"
    millis cat "$dir/export" >> "$dir/b"
  done
  set -- "$1" "$(median < "$dir/a")" "$(median < "$dir/b")"
  peak "$benchtrail" export --format "$1" --db "$dir/fleet.db"
  free=$(millis "$benchtrail" export --format "$1" -o /dev/null --db "$dir/fleet.db")
  rate=$(awk "BEGIN { printf \"%d\", $size / 1000 / $2 }")
  echo "| \`export --format $1\` to a file, $((size / 1000000)) MB, $rate MB/s, $((last / 1024)) MiB; $free ms to \`/dev/null\`; against \`cat\` of the file to a file | $2 ms | $3 ms | $(ratio "$2" "$3") |"
  rm -f "$dir/export" "$dir/exported" "$dir/out"
}

# A command over the fleet against the peer, with its highest memory.
fleet_line() {
  set -- "$1" $(in_turn "$benchtrail $1 --db $dir/fleet.db" "$rows")
  peak "$benchtrail" $1 --db "$dir/fleet.db"
  echo "| \`$1\`, $((last / 1024)) MiB, against \`sqlite3\` counting the runs | $2 ms | $3 ms | $(ratio "$2" "$3") |"
}

hosts=${BENCH_HOSTS:-10000}
days=${BENCH_DAYS:-90}
rounds=3
for size in "$hosts $days" "$((hosts * 10)) $((days / 3))"; do
  set -- $size
  [ "$1" -le "${BENCH_MOST_HOSTS:-100000}" ] || continue
  echo "a fleet of $1 hosts, $2 days" >&2
  bytes=$(make_fleet "$1" "$2"); runs=$(($1 * $2)); logs=$(awk '{ print $(NF - 3) }' "$dir/fleet.txt")
  echo "| database of $runs runs of $1 hosts, of which one section in a hundred changes a day, against their logs | $((bytes / 1000000)) MB | $logs MB | $(awk "BEGIN { printf \"%.4f\", $bytes / 1e6 / $logs }") |"
  # The peer counts the same rows with SQL and computes nothing of them.
  rows="sqlite3 $dir/fleet.db 'SELECT count(*) FROM run'"
  for command in "top -n 5" "stride --limit 5" "gate --max-critical 100" "gate --severity critical --quiet" threats \
    "shortlist -n 3 --no-snippets" "shortlist -n 20" "shortlist --findings 2.1,4.5,5.4" "trend --all --limit 5" \
    "compare --fleet --limit 5" hosts "hosts --limit 20" "runs --limit 5" \
    "show --host host-77" "status host-77" "trend --host host-77" "compare --host host-77" \
    "report --format html -o $dir/report.html" "export --format openmetrics -o $dir/metrics.prom"; do
    fleet_line "$command"
  done
  # One more log of one of the hosts, in its order: everything that is known is brought up to date.
  one_run $((($2 + 1) * 86400)) > "$dir/one.log"
  : > "$dir/a"
  for round in 1 2 3; do
    one_run $((($2 + round) * 86400)) > "$dir/one.log"
    millis "$benchtrail" import --db "$dir/fleet.db" --host host-0 "$dir/one.log" >> "$dir/a"
  done
  us=$(median < "$dir/a")
  echo "| import of one more log, against \`benchtrail --version\` | $us ms | $(millis "$benchtrail" --version) ms | |"
  # Ten times as many hosts would fill a disk with what is ten times as long.
  [ "$1" -eq "$hosts" ] || continue
  echo "exports" >&2
  for format in json ndjson csv sarif codequality junit openmetrics defectdojo ocsf hdf; do export_line "$format"; done
done
rm -rf "$dir"
