"""A host before and after, accepted and not, of names that an attacker chose, and what is open at each step.

What is open is computed here from what the runs found and from the waivers of the step: the program's own word for it is
compared with that, like the word of each consumer.
"""

import json
import os
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FIXTURES = ROOT / "Tests" / "Fixtures"
DAY = 86_400
START = 1_795_406_400
# Now, for the program: after all runs, before all waivers end.
NOW = START + 20 * DAY

LONG = "x" * 5_000
NAMES = [
    "web", "Web", "WEB", "straße", "strasse", "STRASSE", "ﬁle", "file", "a\"b", "a'b", "a`b`", "new\nline", "cr\r\nlf",
    "<script>alert(1)</script>", "a|b", "a | b", "a\\u007cb", "=1+1", "@SUM(A1)", "a;=1", "'quoted", "1.10", "007", "1e5",
    "may-1", "TRUE", "2026-11-21", "\u202egpj", "a\u200bb", "{0}", "[click](https://evil.example)", "]]>", "# EOF", "a,b",
    "&amp;", "%0a", "\x1b[31m", LONG, LONG + "y", "🐳", "web (0123456789abcdef)", "a//b", "$(id)", "..", "null",
]
HOSTS = ["1.10", "a\"b<c>|\\\u202e,;=x\ny"]
WAIVED = ["Web", "straße", "1.10", "a | b", LONG, "🐳"]
# Of these the sequence changes outcome or items.
PRIVILEGED, MEMORY, HEALTH, CAPABILITIES = "5.4", "5.10", "5.26", "5.3"


def log(day, items, passing=(), without=()):
    """A run of docker-bench-security as JSON, with other items in checks, some that pass, and some sections left out."""
    run = json.loads((FIXTURES / "s5-v1.6.0-log.json").read_text())
    run["start"] = START + day * DAY
    run["end"] = run["start"] + 9
    run["tests"] = [section for section in run["tests"] if section["id"] not in without]
    for section in run["tests"]:
        for check in section["results"]:
            if check["id"] in items:
                check.update(result="WARN", details="", items=items[check["id"]])
            if check["id"] in passing:
                check.update(result="PASS", details="", items=[])
    return json.dumps(run)


def policy(waivers):
    """A policy of waivers, each a control and the names of items; all if there is none."""
    lines = ["version: 1", "waivers:" if waivers else "waivers: []"]
    for number, (control, names) in enumerate(waivers):
        items = f", items: {json.dumps([escaped(name) for name in names], ensure_ascii=False)}" if names else ""
        lines.append(
            f"  - {{control: {control}, owner: o, reason: waiver-{number}, expires: 2027-06-30{items}}}")
    return "\n".join(lines) + "\n"


def escaped(name):
    """A name as a pattern that means itself."""
    return "".join(f"[{sign}]" if sign in "*?[" else sign for sign in name)


class Step:
    """What to import and by which policy to export."""

    def __init__(self, name, log=None, waivers=()):
        self.name = name
        self.log = log
        self.waivers = list(waivers)


def steps():
    privileged, memory = "container-no-privileged", "container-memory-limit"
    half, rest = NAMES[::2], NAMES[1::2]
    before = {PRIVILEGED: NAMES, MEMORY: half}
    after = {PRIVILEGED: NAMES[3:], MEMORY: rest, CAPABILITIES: ["Web", "api"]}
    return [
        Step("before", log(0, before)),
        Step("after", log(1, after, passing=[HEALTH])),
        Step("waived", waivers=[(privileged, None), (memory, None)]),
        Step("part-waived", waivers=[(privileged, WAIVED), (memory, WAIVED[:2]), (memory, ["Web"])]),
        Step("un-waived"),
        Step("left out", log(2, after, passing=[HEALTH], without=["5"])),
        Step("waived while left out", waivers=[(privileged, ["Web"])]),
        Step("back", log(3, {**after, PRIVILEGED: NAMES[:9], CAPABILITIES: ["1e5"]})),
        Step("mended", log(4, {MEMORY: ["1.10"], CAPABILITIES: ["may-1"]}, passing=[PRIVILEGED])),
    ]


class Tool:
    """The program, with a database of its own."""

    def __init__(self, binary, folder):
        self.binary = binary
        self.folder = folder
        self.exports = {}
        folder.mkdir(parents=True, exist_ok=True)
        kept = {name: value for name, value in os.environ.items() if not name.startswith("BENCHTRAIL_")}
        self.environment = kept | {
            "SOURCE_DATE_EPOCH": str(NOW), "BENCHTRAIL_DB": str(folder / "bench.db"), "LC_ALL": "C.UTF-8"}

    def run(self, *words):
        result = subprocess.run(
            [self.binary, *map(str, words)], cwd=self.folder, env=self.environment, stdin=subprocess.DEVNULL,
            capture_output=True, timeout=300)
        if result.returncode != 0:
            raise RuntimeError(f"{' '.join(map(str, words))[:200]}: {result.stderr.decode(errors='replace')[:300]}")
        return result.stdout.decode()

    def export(self, format, *words):
        """An export; what was written before of the same state is taken as it is."""
        key = (format, *words)
        if key not in self.exports:
            self.exports[key] = self.run(
                "export", "--format", format, "--policy", self.folder / "benchtrail.yaml", *words)
        return self.exports[key]

    def judge(self, policy):
        """Goes on to a state that has this policy."""
        (self.folder / "benchtrail.yaml").write_text(policy)
        self.exports = {}


class Unit:
    """A thing at fault: an item by kind and stable name, or a finding as a whole."""

    def __init__(self, host, finding, fingerprint, is_accepted, reasons):
        self.host = host
        self.control = (host, finding["control"], finding["fingerprint"])
        self.fingerprint = fingerprint
        self.is_accepted = is_accepted
        # Of the waivers that accept it.
        self.reasons = reasons


class State:
    """What fails on hosts at a step, and what of it is open."""

    def __init__(self, text, waivers=None):
        self.document = json.loads(text)
        self.hosts = [host["host"] for host in self.document["hosts"]]
        self.findings = [(host["host"], finding) for host in self.document["hosts"] for finding in host["findings"]]
        self.units = []
        self.faults = []
        for host, finding in self.findings:
            if finding["verdict"] == "fail":
                self.add(host, finding, waivers)

    def add(self, host, finding, waivers):
        groups = {}
        for item in finding["items"]:
            groups.setdefault((item["kind"], item["stableName"]), []).append(item)
        units = []
        for (_, stable), items in groups.items():
            said = all(item["waived"] or finding["waived"] for item in items)
            # Without waivers the program's word is taken.
            accepted = said if waivers is None else self.accepts(waivers, finding, items)
            if accepted != said:
                self.faults.append(f"{finding['control']} {stable[:40]!r}: accepted is {accepted}, and it says {said}")
            reasons = self.reasons(waivers, finding, items) if accepted else []
            units.append(Unit(host, finding, items[0]["fingerprint"], accepted, reasons))
        is_whole = finding["waived"] if waivers is None else any(
            control == finding["control"] and not names for control, names in waivers)
        if not units or (finding["itemsTruncated"] and not is_whole and all(unit.is_accepted for unit in units)):
            reasons = self.reasons(waivers, finding, []) if is_whole else []
            units.append(Unit(host, finding, finding["fingerprint"], is_whole, reasons))
        self.units += units

    @staticmethod
    def accepts(waivers, finding, items):
        own = [names for control, names in waivers if control == finding["control"]]
        return all(
            any(not names or {item["name"], item["stableName"]} & set(names) for names in own) for item in items)

    @staticmethod
    def reasons(waivers, finding, items):
        """The reasons of the waivers that accept one of some items, or a finding as a whole."""
        if waivers is None:
            return None
        said = {name for item in items for name in (item["name"], item["stableName"])}
        return [
            f"waiver-{number}" for number, (control, names) in enumerate(waivers)
            if control == finding["control"] and (not names or said & set(names))]

    def failing(self, host=None):
        """The fingerprints of all that fails, accepted or not."""
        return {unit.fingerprint for unit in self.units if host in (None, unit.host)}

    def open(self, host=None):
        """The fingerprints of what fails and nobody accepted."""
        return {unit.fingerprint for unit in self.units if not unit.is_accepted and host in (None, unit.host)}

    def open_controls(self, host=None):
        return {unit.control for unit in self.units if not unit.is_accepted and host in (None, unit.host)}

    def failing_controls(self, host=None):
        return {unit.control for unit in self.units if host in (None, unit.host)}
