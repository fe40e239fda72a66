/// A wrong usage of the command, and what must be said of it.
struct WrongUsage: Sendable, CustomStringConvertible {
  var arguments: [String]
  var environment: [String: String] = [:]
  var code: Int32
  /// What the message must hold: what was given, what was expected, what to type.
  var words: [String]

  init(
    _ arguments: String, environment: [String: String] = [:], _ code: Int32, _ words: String...
  ) {
    self.arguments = arguments.split(separator: " ").map(String.init)
    self.environment = environment
    self.code = code
    self.words = words
  }

  var description: String { arguments.joined(separator: " ") }
}

extension WrongUsage {
  /// Names of commands, options and arguments, and values that an option can't have.
  static let ofTheLine: [WrongUsage] = [
    // Commands
    .init(
      "improt x.log", 64, "no command 'improt'", "did you mean 'import'?", "'benchtrail --help'"),
    .init("shwo web-1", 64, "no command 'shwo'", "did you mean 'show'?"),
    .init("dif web-1 web-2", 64, "no command 'dif'", "'diff'"),
    .init("frobnicate", 64, "no command 'frobnicate'", "'benchtrail --help' lists its commands"),
    .init("policy adit", 64, "no command 'policy adit'", "did you mean 'policy audit'?"),
    .init("db bakcup x.db", 64, "no command 'db bakcup'", "did you mean 'db backup'?"),
    .init("baseline st web-1", 64, "no command 'baseline st'", "did you mean 'baseline set'?"),
    .init("--db x.db shwo", 64, "no command 'shwo'", "did you mean 'show'?"),
    // Options
    .init("--dbb x.db show", 64, "'benchtrail show' has no option '--dbb'", "did you mean '--db'?"),
    .init("--verison", 64, "no option '--verison'", "did you mean '--version'?"),
    .init(
      "gate --sevrity high", 64, "no option '--sevrity'", "did you mean '--severity'?",
      "'benchtrail gate --help' lists its options"),
    .init("db check --deeep", 64, "no option '--deeep'", "did you mean '--deep'?"),
    .init("db refresh --forced", 64, "no option '--forced'", "did you mean '--force'?"),
    .init("prune --keep-lats 3", 64, "no option '--keep-lats'", "did you mean '--keep-last'?"),
    .init("baseline set --al", 64, "no option '--al'", "did you mean '--all'?"),
    .init("top -n5", 64, "'-n5'", "type '-n 5'"),
    .init("top --limit", 64, "--limit needs a value", "'--limit 10'"),
    .init("stride --base", 64, "--base needs a value", "previous, baseline or a date"),
    .init("show --all=yes", 64, "--all takes no value", "'yes'", "type '--all'"),
    // Values
    .init("top --limit many", 64, "--limit many: use a whole number", "'--limit 10'"),
    .init("trend --window -1", 64, "--window -1", "must be 1 or more", "'benchtrail trend --help'"),
    .init("gate --max-high -1", 64, "--max-high -1", "must be from 0 to a million"),
    .init("gate --compliance half", 64, "--compliance half: use a number from 0 to 100"),
    .init("gate --compliance 101", 64, "--compliance 101", "must be from 0 to 100"),
    .init("policy audit --within -1", 64, "--within -1: use a whole number of days"),
    .init("policy due --within soon", 64, "--within soon: use a number of days or weeks"),
    .init(
      "attest host-hardened --decision maybe --until 90d --by b --reason r", 64,
      "--decision maybe: use pass, fail or notApplicable"),
    .init("hosts --sort wrost", 64, "--sort wrost: use name, open", "did you mean 'worse'?"),
    .init("notify --since yesterday", 64, "--since yesterday: use a time such as 2026-11-23"),
    .init(
      "notify --format slak", 64, "--format slak: use text, markdown, slack, teams or json",
      "did you mean 'slack'?"),
    .init("threats --system k8s", 64, "--system k8s: use docker or kubernetes"),
    .init("export --format sarf", 64, "--format sarf: use json", "did you mean 'sarif'?"),
    .init("export --format sarif --for gitlab", 64, "--for gitlab: use github"),
    .init(
      "export --format openmetrics --metrics all", 64,
      "--metrics all: use summary, controls or items"),
    .init(
      "show --format jsn", 64, "--format jsn: use text, json, markdown or html",
      "did you mean 'json'?"),
    .init("gate --format gihub", 64, "markdown, html or github", "did you mean 'github'?"),
    .init(
      "runs", environment: ["BENCHTRAIL_FORMAT": "xml"], 64,
      "BENCHTRAIL_FORMAT=xml: use text, json",
      "'unset BENCHTRAIL_FORMAT'"),
    .init("show --outcome faild", 64, "--outcome faild: use pass, fail", "did you mean 'fail'?"),
    .init("gate --severity sever", 64, "--severity sever: use critical, high, medium or low"),
    .init("top --severity hihg", 64, "--severity hihg: use critical", "did you mean 'high'?"),
    .init("top --by severity", 64, "--by severity: use control, fix, host"),
    .init("top --framework nist", 64, "--framework nist: use cis-controls", "'nist-800-53'?"),
    .init("explain --list --tool kubebench", 64, "--tool kubebench: use", "'kube-bench'?"),
    .init("import notes.txt --label prod", 64, "--label prod: use", "'--label env=prod'"),
    .init("import notes.txt --scope web", 64, "--scope web: use", "include=web,db"),
    .init("import notes.txt --at yesterday", 64, "--at yesterday", "such as 2025-01-12"),
    .init("import notes.txt --host-from logs", 64, "--host-from logs", "'{host}' once"),
    .init("show --as-of never", 64, "--as-of never", "such as 20"),
    .init("trend --since yesterday", 64, "--since yesterday", "such as 20"),
    .init("stride --base last", 64, "--base last", "previous", "baseline", "date"),
    // What excludes each other, and what is missing
    .init("import notes.txt --host a --host-from {host}", 64, "'--host' and '--host-from'"),
    .init("compare --fleet web-1", 64, "'--fleet' takes no runs"),
    .init("trend --all --host web-1", 64, "'--all' excludes '--host' and '--label'"),
    .init("baseline set web-1 --all", 64, "excludes '--label' and '--all'"),
    .init("baseline set", 64, "name a run, or hosts with '--host'"),
    .init("shortlist --at-least 2", 64, "'--at-least' goes with"),
    .init("report --template t.mustache", 64, "'--template' goes with '--format html'"),
    .init("export --format csv --for github", 64, "'--for' goes with '--format sarif'"),
    .init(
      "export --format csv --defectdojo-accept", 64,
      "'--defectdojo-accept' goes with '--format defectdojo'"),
    .init(
      "export --format csv --metrics summary", 64, "'--metrics' goes with '--format openmetrics'"),
    .init("import", 64, "'benchtrail import' needs paths", "as in 'benchtrail import "),
    .init("db backup", 64, "'benchtrail db backup' needs target", "as in 'benchtrail db backup "),
    .init(
      "waive daemon-icc-disabled --owner o --reason r", 64, "'benchtrail waive' needs --until",
      "'benchtrail waive --help'"),
    .init("rename web-1", 64, "'benchtrail rename' needs new", "as in 'benchtrail rename "),
    .init("forget", 64, "name runs, or choose them with '--host'", "'benchtrail forget --help'"),
    .init("label web-1 prod", 64, "give a label such as env=prod"),
    .init("prune", 64, "say what stays, as in '--keep-last 30"),
    .init("prune --keep-last 0", 64, "--keep-last 0", "must be 1 or more"),
    .init("explain", 64, "benchtrail explain --list"),
    .init("runs web-1", 64, "'benchtrail runs' takes no 'web-1'", "'--host web-1'"),
    .init("policy log today", 64, "'benchtrail policy log' takes no 'today'"),
    .init("db compact x.db", 64, "'benchtrail db compact' takes no 'x.db'"),
    .init("db path x.db", 64, "'benchtrail db path' takes no 'x.db'"),
    .init("show a b", 64, "'benchtrail show' takes one run", "'b' is another"),
  ]

  /// Names of what is not there: hosts, runs, controls, files.
  static let ofNames: [WrongUsage] = [
    // Hosts and runs
    .init(
      "show web-11", 2, "no runs of host 'web-11'", "did you mean web-1?",
      "'benchtrail hosts' lists all 6"),
    .init("show web-11@2026-01-01", 2, "no runs of host 'web-11'", "did you mean web-1?"),
    .init("compare web-1 web-11", 2, "no runs of host 'web-11'", "did you mean web-1?"),
    .init("top --host web-11", 2, "no runs of host 'web-11'", "did you mean web-1?"),
    .init("status web-11", 2, "no runs of host 'web-11'", "did you mean web-1?"),
    .init("runs --host web-11", 2, "no runs of host 'web-11'", "did you mean web-1?"),
    .init("gate --host web-11", 2, "no runs of host 'web-11'", "did you mean web-1?"),
    .init("forget --host web-11", 2, "no runs of host 'web-11'", "did you mean web-1?"),
    .init("forget web-11", 2, "no runs of host 'web-11'", "did you mean web-1?"),
    .init("forget --host nobody-*", 2, "no host fits 'nobody-*'", "'benchtrail hosts' lists all 6"),
    .init("rename web-11 web-12", 2, "no runs of host 'web-11'", "did you mean web-1?"),
    .init("label web-11 env=prod", 2, "no runs of host 'web-11'", "did you mean web-1?"),
    .init("prune --keep-last 1 --host web-11", 2, "no runs of host 'web-11'", "web-1?"),
    .init("baseline clear --host web-11", 2, "no runs of host 'web-11'", "did you mean web-1?"),
    .init("show latets", 2, "no run is named 'latets'", "did you mean 'latest'?"),
    .init("show ffffffff", 2, "'ffffffff'", "'benchtrail runs' lists the ids"),
    .init("show latest~99", 2, "'latest~99'", "there are only 11 runs", "'benchtrail runs'"),
    .init("show baseline", 2, "no run is a baseline", "'benchtrail baseline set RUN'"),
    .init("show web-1@2026-13-01", 2, "'2026-13-01' is no date", "2025-01-12T03:00"),
    .init("show web-1@2001-01-01", 2, "no run on or before 2001-01-01", "'benchtrail runs'"),
    .init("compare solo", 3, "solo has only one run", "import another"),
    .init("compare web-1 node-1", 3, "kube-bench", "name two runs of tools that check the same"),
    // Controls and editions
    .init(
      "explain daemon-icc-disbled", 64, "'daemon-icc-disbled'", "'daemon-icc-disabled'?",
      "'benchtrail explain --list'"),
    .init(
      "shortlist --findings daemon-icc-disbled", 64, "'daemon-icc-disbled'",
      "did you mean 'daemon-icc-disabled'?"),
    .init(
      "waive daemon-icc-disbled --until 90d --owner o --reason r", 64, "'daemon-icc-disbled'",
      "did you mean 'daemon-icc-disabled'?"),
    .init("explain 5.1 --edition cis-9", 64, "edition 'cis-9'", "editions that have it: "),
    .init("explain --list --framework nist-800-53:AC-66", 64, "no control serves 'AC-66'"),
    // Databases
    .init("runs --db none.db", 2, "none.db: there is no database yet", "'benchtrail import LOG'"),
    .init("db migrate --db notes.txt", 2, "notes.txt: this is not a benchtrail", "'--db FILE'"),
    .init("hosts --db adir", 2, "adir", "it is a folder", "'--db FILE'"),
    .init("db backup notes.txt", 2, "notes.txt: the file exists", "name one that is not there"),
    .init("db backup none/x.db", 2, "none/x.db", "no folder 'none'", "'mkdir -p none'"),
    // Logs
    .init(
      "import notes.txt", 2, "notes.txt: error: not a bench log", "'hello'",
      "docker-bench-security, Aqua docker-bench and kube-bench", "nothing was changed"),
    .init("import blank.txt", 2, "blank.txt", "it has nothing but blanks", "nothing was changed"),
    .init("import empty.txt", 2, "empty.txt", "it is empty", "nothing was changed"),
    .init("import missing.log", 2, "missing.log", "no such file", "name a log"),
    .init("import adir", 2, "there is no file to read", "name a log"),
    // Policies
    .init("gate --policy none.yaml", 2, "none.yaml: the policy can't be read", "'--policy FILE'"),
    .init(
      "gate", environment: ["BENCHTRAIL_POLICY": "none.yaml"], 2, "none.yaml (of BENCHTRAIL_POLICY)"
    ),
    .init("gate --policy key.yaml", 2, "key.yaml:1:1", "'versoin'", "did you mean 'version'?"),
    .init(
      "gate --policy control.yaml", 2, "control.yaml:3:14", "'daemon-icc-disbled'",
      "did you mean 'daemon-icc-disabled'?"),
    .init("gate --policy word.yaml", 2, "word.yaml:2:13", "'hihg'", "did you mean 'high'?"),
    .init("policy check", 2, "there is no benchtrail.yaml", "'benchtrail policy init'"),
    .init("policy init notes.txt", 2, "notes.txt: the file exists", "name another"),
    // Files
    .init("runs --catalog none", 64, "--catalog none", "there is no such folder"),
    .init("shortlist --daemon-json none.json", 2, "none.json: no such file", "'--daemon-json'"),
    .init("report -o none/r.html", 2, "none/r.html", "folder"),
    .init("export -o none/x.json", 2, "none/x.json", "folder"),
  ]
}
