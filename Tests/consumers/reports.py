"""What reads reports and events: sarif-tools, junitparser, GitLab and py-ocsf-models."""

import json
import tempfile
from importlib.metadata import version
from pathlib import Path

from consumer import Consumer, differ


class SARIFTools(Consumer):
    """sarif-tools, with the filter of docs/exports.md and without."""

    name = "sarif-tools"
    FILTER = ({"default-include": False, "check-line-number": False}, [], [{"suppression": "external"}])

    def __init__(self):
        from sarif import loader

        self.load = loader.load_sarif_file
        self.version = version("sarif-tools")

    def read(self, tool, state):
        with tempfile.TemporaryDirectory() as folder:
            reasons = {unit.fingerprint: unit.reasons for unit in state.units}
            path = Path(folder) / "findings.sarif"
            path.write_text(tool.export("sarif"))
            file = self.load(str(path))
            yield from self.compare(file, state.failing(), "failures", reasons)
            file = self.load(str(path))
            file.init_general_filter("open", *self.FILTER)
            yield from self.compare(file, state.open(), "open failures", reasons)
            for host in state.hosts[-1:]:
                path.write_text(tool.export("sarif", "--for", "github", "--host", host))
                yield from self.compare(self.load(str(path)), state.open(host), "GitHub's alerts", reasons)

    @staticmethod
    def named(result, reasons):
        """Whether the suppressions are the waivers of the item."""
        said = [suppression["justification"].split()[-1] for suppression in result.get("suppressions", [])]
        if reasons is not None and said != reasons:
            yield f"suppressed by {said}, not {reasons}"

    def compare(self, file, ours, what, reasons):
        levels = file.get_report()
        counts = sum(levels.get_issue_count_for_severity(level) for level in ("error", "warning", "note"))
        results = [result for result in file.get_results() if result["level"] != "none"]
        for result in results:
            yield from self.named(result, reasons.get(result["partialFingerprints"]["benchtrail/v1"]))
        prints = [result["partialFingerprints"]["benchtrail/v1"] for result in results]
        yield from differ(what, prints, ours)
        if counts != len(ours):
            yield f"sarif summary counts {counts} {what}, not {len(ours)}"


class JUnitParser(Consumer):
    """junitparser: a host is a suite, a control a test."""

    name = "junitparser"

    def __init__(self):
        import junitparser

        self.module = junitparser
        self.version = version("junitparser")

    def read(self, tool, state):
        suites = self.module.JUnitXml.fromstring(tool.export("junit").encode())
        suites.update_statistics()
        hosts = [host["host"] for host in state.document["hosts"]]
        if len(list(suites)) != len(hosts):
            yield f"{len(list(suites))} suites, not {len(hosts)}"
        for host, suite in zip(hosts, suites):
            failed = [case for case in suite if any(isinstance(one, self.module.Failure) for one in case.result)]
            skipped = [case for case in suite if any(isinstance(one, self.module.Skipped) for one in case.result)]
            cases = [(case.classname, case.name) for case in suite]
            own = [finding for name, finding in state.findings if name == host]
            if len(set(cases)) != len(own) or len(cases) != len(own):
                yield f"{host!r}: {len(set(cases))} tests of {len(cases)} names, not {len(own)}"
            if len(failed) != len(state.open_controls(host)):
                yield f"{host!r}: {len(failed)} tests fail, not {len(state.open_controls(host))}"
            passed = [finding for finding in own if finding["verdict"] == "pass"]
            if len(skipped) != len(own) - len(failed) - len(passed):
                yield f"{host!r}: {len(skipped)} tests are skipped"
            if (suite.tests, suite.failures, suite.skipped) != (len(own), len(failed), len(skipped)):
                yield f"{host!r}: the suite's own counts differ"


class OCSFModels(Consumer):
    """py-ocsf-models, and a store that keeps the newest event of each finding."""

    name = "py-ocsf-models"

    def __init__(self):
        from py_ocsf_models.events.findings.compliance_finding import ComplianceFinding

        self.model = ComplianceFinding
        self.version = version("py-ocsf-models")
        self.begin()

    def begin(self):
        self.store = {}
        self.events = {}

    def read(self, tool, state):
        seen = set()
        for line in tool.export("ocsf").splitlines():
            event = self.model.model_validate_json(line)
            if event.metadata.uid in seen:
                yield "two events of a file have one uid"
            seen.add(event.metadata.uid)
            body = json.loads(line)
            body["metadata"].pop("logged_time")
            if self.events.setdefault(event.metadata.uid, body) != body:
                yield f"another event has the uid {event.metadata.uid}"
            self.store[event.finding_info.uid] = event
        # 1 is New, 2 In Progress.
        theirs = {
            uid for uid, event in self.store.items()
            if event.status_id in (1, 2) and event.compliance.status_id == 3}
        yield from differ("open findings", theirs, {control[2] for control in state.open_controls()})
        gone = {uid for uid, event in self.store.items() if event.activity_id == 3}
        closed = {finding["fingerprint"] for _, finding in state.findings if finding["verdict"] in ("pass", "notApplicable")}
        yield from differ("closed findings", gone, closed)


class GitLabRule(Consumer):
    """What a merge request on GitLab shows as new and as fixed: entries are known by their fingerprints."""

    name = "gitlab-rule"
    version = "in our words"

    def begin(self):
        self.shown, self.open = set(), set()

    def read(self, tool, state):
        entries = json.loads(tool.export("codequality"))
        prints = [entry["fingerprint"] for entry in entries]
        if len(set(prints)) != len(prints):
            yield "two entries have one fingerprint"
        yield from differ("entries", prints, state.open())
        yield from differ("new entries", set(prints) - self.shown, state.open() - self.open)
        yield from differ("fixed entries", self.shown - set(prints), self.open - state.open())
        self.shown, self.open = set(prints), state.open()
