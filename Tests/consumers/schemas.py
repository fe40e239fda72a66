"""Checks every document that a command prints with `--format json` against its schema in docs/schemas.

Takes the binary's path. Prints `ok NAME` or `FAIL NAME: where and what` for each command that was run; exits with 1 at
a fault. A document without a schema, a schema that no document has, and a command that was not run are faults too.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from jsonschema import Draft202012Validator
from referencing import Registry, Resource

ROOT = Path(__file__).resolve().parents[2]
SCHEMAS = ROOT / "docs" / "schemas"
ENDING = ".schema.json"
# What others refer to, and no document has.
COMMON = "benchtrail.common.v1"
# Others' documents, which don't name their schema.
FOREIGN = {"gitlab.codequality"}
# Now is 2026-11-23 06:00 UTC, some hours after the samples' newest run.
NOW = "1795413600"

CHECKS = """[INFO] 18.09 CIS Docker Community Edition Benchmark
[INFO] 2 Docker daemon configuration
[WARN] 2.1 Ensure network traffic is restricted between containers on the default bridge (Scored)
[FAIL] 2.99 Ensure that a check that nobody knows has passed (Scored)
"""
TOTALS = """
== Summary ==
0 checks PASS
1 checks FAIL
1 checks WARN
0 checks INFO
"""

POLICY = """version: 1
waivers:
  - {control: container-no-privileged, hosts: ["web-*"], items: [backup-agent], owner: platform, reason: Moves in spring.,
     ticket: OPS-311, accepted: 2026-11-01, expires: 2026-12-01}
  - {control: host-partition, hosts: db-1, owner: databases, reason: A machine of one disk., expires: 2026-11-01}
  - {control: daemon-icc-disabled, hosts: nobody, owner: nobody, reason: Of no use., expires: 2099-12-31}
  - {control: daemon-live-restore, owner: platform, reason: Restarts are announced., expires: 2099-12-31}
  - {control: daemon-live-restore, owner: platform, reason: There twice., expires: 2099-12-31}
  - {stride: repudiation, hosts: node-1, owner: platform, reason: Logged elsewhere., expires: 2026-12-10}
  - {severity: low, hosts: web-2, owner: platform, reason: Below what counts., expires: 2026-12-12}
attestations:
  - {control: host-hardened, hosts: ["web-*", db-1], decision: pass, by: J. Doe, reason: Reviewed.,
     accepted: 2026-11-01, until: 2026-12-05}
severities: {daemon-remote-logging: low}
gate:
  {new-failures: true, severity: critical, compliance: 50, counts: {high: 8}, unmapped: true, incomplete: true,
   stale-days: 1, lapsed-attestations: true, first-run: fail}
"""


def validators():
    """The validator of each schema, by the name that documents give."""
    schemas = {file.name: json.loads(file.read_text()) for file in sorted(SCHEMAS.glob("*" + ENDING))}
    registry = Registry().with_resources((name, Resource.from_contents(schema)) for name, schema in schemas.items())
    found = {}
    for name, schema in schemas.items():
        Draft202012Validator.check_schema(schema)
        if schema["$id"] != name:
            raise SystemExit(f"{name}: its $id is {schema['$id']}")
        found[name.removesuffix(ENDING)] = Draft202012Validator(schema, registry=registry)
    return found


class Check:
    def __init__(self, binary, folder):
        self.binary = binary
        self.folder = folder
        self.validators = validators()
        self.used = set()
        self.commands = set()
        self.faults = 0
        kept = {name: value for name, value in os.environ.items() if not name.startswith("BENCHTRAIL_")}
        self.environment = kept | {"SOURCE_DATE_EPOCH": NOW, "XDG_DATA_HOME": str(folder / "data"), "LC_ALL": "C.UTF-8"}

    def fail(self, name, what):
        self.faults += 1
        print(f"FAIL {name}: {what}")

    def call(self, *words):
        return subprocess.run(
            [self.binary, *map(str, words)], cwd=self.folder, env=self.environment, stdin=subprocess.DEVNULL,
            capture_output=True, text=True, timeout=300)

    def run(self, schema, *words, code=0, lines=False):
        """Runs a command, whose document has to have a schema."""
        name = " ".join(map(str, words))
        self.note(words)
        format = [] if "--format" in words else ["--format", "json"]
        result = self.call(*words, *format)
        if result.returncode != code:
            return self.fail(name, f"exit code {result.returncode}: {result.stderr.strip()[:300]}")
        try:
            texts = result.stdout.splitlines() if lines else [result.stdout]
            documents = [json.loads(text) for text in texts]
        except ValueError as error:
            return self.fail(name, f"no JSON: {error}")
        if not documents:
            return self.fail(name, "no document")
        faults = [fault for document in documents for fault in self.check(document, schema)]
        for fault in faults[:5]:
            self.fail(name, fault)
        if not faults:
            print(f"ok {name}")

    def none(self, code, *words):
        """Runs a command that ends with an error and prints no document."""
        name = " ".join(map(str, words))
        self.note(words)
        result = self.call(*words, "--format", "json")
        if result.returncode != code or result.stdout:
            return self.fail(name, f"exit code {result.returncode}, {len(result.stdout)} characters were printed")
        print(f"ok {name}")

    def note(self, words):
        self.commands |= {" ".join(words[:count]) for count in (1, 2) if all(isinstance(word, str) for word in words[:count])}

    def check(self, document, wanted):
        """What is wrong with a document, each fault as a text."""
        if wanted in FOREIGN:
            schema = wanted
        else:
            schema = document.get("schema") if isinstance(document, dict) else None
            if schema != f"benchtrail.{wanted}.v1":
                return [f"schema: it is {schema}, and not of {wanted}"]
        if schema not in self.validators:
            return [f"schema: docs/schemas has no {schema}{ENDING}"]
        self.used.add(schema)
        errors = sorted(self.validators[schema].iter_errors(document), key=lambda error: list(map(str, error.path)))
        return [f"{error.json_path}: {error.message[:200]}" for error in errors]

    def every_command(self, *path):
        """Each command that has a form for programs, by what its help says."""
        help = self.call(*path, "--help").stdout
        commands = re.split(r"\nSUBCOMMANDS:\n", help)
        if len(commands) > 1:
            names = re.findall(r"^  ([a-z-]+)(?:, [a-z-]+)*(?: |$)", commands[1], re.MULTILINE)
            return [found for name in names for found in self.every_command(*path, name)]
        return [" ".join(path)] if re.search(r"--format[\s\S]*json", help) else []

    def end(self):
        for name in sorted(set(self.validators) - self.used - {COMMON}):
            self.fail(name, "no document has this schema")
        for name in sorted(set(self.every_command()) - self.commands):
            self.fail(name, "the command was not run")
        return 1 if self.faults else 0


def write(path, text):
    path.write_text(text)
    return path


def imports(check, samples, policy):
    logs = [samples / host for host in ("db-1", "web-1", "web-2")]
    pattern = ["--host-from", f"{samples}/{{host}}/*"]
    check.run("import", "import", *logs, *pattern, "--dry-run")
    check.run("import", "import", *logs, *pattern)
    check.run("import", "import", *logs, *pattern)
    for day in (1, 2):
        check.run(
            "import", "import", samples / f"web-3/{day}-docker-bench.txt", "--host", "web-3", "--at", f"2026-11-2{day}",
            "--gate", "--policy", policy, code=1)
    check.run("import", "import", samples / "node-1/1-kube-bench.txt", "--host", "node-1", "--at", "2026-11-21")
    check.run("import", "import", samples / "node-1/2-kube-bench.json", "--host", "node-1", "--at", "2026-11-22")
    unknown = write(check.folder / "unknown.txt", CHECKS + TOTALS)
    check.run("import", "import", unknown, "--host", "lab-1", "--at", "2026-11-20", "--scope", "include=web", "--label", "team=a")
    # The end is missing.
    cut = write(check.folder / "cut.txt", CHECKS)
    check.run("import", "import", cut, "--host", "lab-2", "--at", "2026-11-20")
    check.run("import", "import", check.folder / "missing.txt", code=2)
    empty = write(check.folder / "empty.txt", "")
    check.run("import", "import", empty, "--host", "lab-3", code=2)


def reads(check, policy):
    """The commands that answer questions, in each situation."""
    of_then = ["--as-of", "2026-11-22"]
    for words in ([], ["--policy", policy], of_then, of_then + ["--policy", policy]):
        # The samples of the others are later.
        other = "lab-1" if "--as-of" in words else "web-2"
        check.run("hosts", "hosts", *words)
        check.run("runs", "runs", *words)
        for host in sorted({other, "web-3", "node-1", "lab-1"}):
            check.run("status", "status", host, *words)
            check.run("run", "show", host, "--all", *words)
            check.run("trend", "trend", "--host", host, *words)
            check.run("threats", "threats", "--host", host, *words)
        check.run("run", "show", other, *words)
        check.run("comparison", "compare", "web-3~1", "web-3", *words)
        check.run("comparison", "compare", other, "web-3", *words)
        check.run("fleet", "compare", "--fleet", *words)
        check.run("notify", "notify", "--always", *words)
        check.run("matrix", "compare", other, "web-3~1", "web-3", *words)
        check.run("trend", "trend", *words)
        check.run("threats", "threats", *words)
        check.run("stride", "stride", *words)
        for by in ("control", "fix", "host", "stride", "item"):
            check.run("top", "top", "--by", by, *words)
        check.run("top", "top", "--framework", "pci-dss", "-n", "200", *words)
        check.run("shortlist", "shortlist", "-n", "50", *words)
        check.run("selection", "shortlist", "--pick", "3", "--cover-threats", "--outside", "5.10,5.14,5.22", "--host", "web-3", *words)
        check.run("selection", "shortlist", "--per-surface", "1", "--exclude", "2.1", "--host", "web-3", *words)
        check.run("selection", "shortlist", "--host", "web-3", "--findings", "2.1,daemon-live-restore", *words)
        check.run("document", "shortlist", "--host", "web-3", "--findings", "2.1", "--document", "--author", "A. Nalyst", *words)
        check.run("document", "shortlist", "--document", "--threats-per-system", "2", *words)
        check.run("control", "explain", "container-no-privileged", *words)
        check.run("control", "explain", "daemon-remote-logging", *words)
        check.run("control", "explain", "5.4", *words)
        check.run("fix", "explain", "fix:run-memory-limit", *words)
        check.run("catalog", "explain", "--list", *words)
        check.run("export", "export", *words)
        check.run("export.finding", "export", "--format", "ndjson", *words, lines=True)
        check.run("gitlab.codequality", "export", "--format", "codequality", *words)
        check.run("runs", "baseline", "show", *words)
        check.run("gate", "gate", "--severity", "high", "--new-failures", *words, code=1)
    check.run("gate", "gate", "--policy", policy, code=1)
    check.run("gate", "gate", "--max-critical", "9", "--host", "lab-1")
    check.run("gate", "gate", "--new-failures", "--first-run", "fail", "--host", "lab-1", code=3)
    check.run("threats", "threats", "--model-only")
    check.run("hosts", "hosts", "--sort", "name", "--worse", "-n", "1")
    check.run("stride", "stride", "--base", "2026-11-21")
    check.run("document", "shortlist", "--host", "web-3", "--document", "--after", "web-3")
    threat = json.loads(check.call("threats", "--model-only", "--format", "json").stdout)["threats"][0]["id"]
    check.run("threat", "explain", threat)
    # Nothing is found.
    check.run("hosts", "hosts", "--silent", "--silent-after", "9000")
    check.run("run", "show", "web-1", "--severity", "low", "--control", "container-no-privileged")
    check.run("top", "top", "--host", "lab-1", "--control", "host-partition")
    check.run("shortlist", "shortlist", "--host", "lab-1", "--control", "host-partition")
    check.run("catalog", "explain", "--list", "--search", "nothing has these words")
    check.run("runs", "runs", "--since", "2030-01-01")
    # Nothing is printed.
    check.none(2, "show", "nobody")
    check.none(64, "explain", "no-such-control")
    check.none(64, "top", "--by", "colour")


def policies(check, policy):
    check.run("policy-check", "policy", "check", "--policy", policy)
    broken = write(check.folder / "broken.yaml", "version: 1\nwaivers: [{control: x}]\nsoon: 1\n")
    check.run("policy-check", "policy", "check", "--policy", broken, code=2)
    for words in ([], ["--as-of", "2026-11-22"]):
        check.run("policy-audit", "policy", "audit", "--policy", policy, *words)
        check.run("policy-due", "policy", "due", "--policy", policy, "--within", "90d", *words)
    check.run("policy-due", "policy", "due", "--policy", policy, "--within", "0d")
    check.run("policy-log", "policy", "log")
    check.run("policy-diff", "policy", "diff", "2026-11-23", "--policy", policy)
    write(policy, POLICY.replace("OPS-311", "OPS-312"))
    check.run("policy-diff", "policy", "diff", "2026-11-23", "--policy", policy)
    check.none(2, "policy", "audit", "--policy", broken)


def care(check):
    """The commands that change the database."""
    for command in ("path", "check", "migrate", "refresh", "compact"):
        check.run("db", "db", command)
    check.run("db", "db", "check", "--deep")
    check.run("db-log", "db", "log")
    digest = json.loads(check.call("db", "log", "--format", "json").stdout)["entries"][0]["digest"]
    check.run("db", "db", "check", "--since", digest)
    check.run("db", "db", "refresh", "--force")
    check.run("db", "db", "backup", check.folder / "copy.db")
    check.none(2, "db", "backup", check.folder / "copy.db")
    check.run("runs", "label", "web-1", "site=north")
    check.run("runs", "baseline", "set", "web-1~1")
    check.run("runs", "baseline", "set", "--all")
    check.run("status", "status", "web-1")
    check.run("stride", "stride", "--base", "baseline")
    check.run("prune", "prune", "--keep-last", "1")
    check.run("prune", "prune", "--keep-daily", "5", "--keep-within", "1d")
    check.run("runs", "baseline", "clear", "--all")
    check.run("rename", "rename", "lab-2", "lab-9")
    check.run("rename", "rename", "lab-9", "lab-1", "--merge")
    check.run("forget", "forget", "--host", "lab-1")
    check.run("forget", "forget", "--host", "lab-1", "--yes")
    check.run("prune", "prune", "--keep-last", "1", "--yes")
    check.run("db", "db", "compact")
    check.none(2, "forget", "nobody")


def main():
    if len(sys.argv) != 2:
        raise SystemExit("usage: schemas.py BINARY")
    with tempfile.TemporaryDirectory() as folder:
        check = Check(str(Path(sys.argv[1]).resolve()), Path(folder))
        policy = write(check.folder / "team.yaml", POLICY)
        # Without runs.
        check.run("threats", "threats", "--model-only")
        check.run("control", "explain", "container-no-privileged")
        imports(check, ROOT / "samples", policy)
        reads(check, policy)
        policies(check, policy)
        care(check)
        return check.end()


if __name__ == "__main__":
    sys.exit(main())
