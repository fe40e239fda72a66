"""Heimdall: what its library takes each control for."""

import json
import os
import subprocess
from collections import Counter
from pathlib import Path

from consumer import BUILD, Consumer, Skip, program


class HeimdallRule(Consumer):
    """What Heimdall takes a control for, by `compat_inspec_1_0.ts` and `context.ts` of inspecjs, in our words."""

    name = "heimdall-rule"
    version = "2e4a8bec1"
    SEVERITIES = ["none", "low", "medium", "high", "critical"]

    def controls(self, text):
        first = {}
        for profile in json.loads(text)["profiles"]:
            for control in profile["controls"]:
                root = first.setdefault(control["id"], control)
                segments = [result["status"] for result in root["results"]]
                waived = bool(root.get("waiver_data", {}).get("skipped_due_to_waiver"))
                if "error" in segments:
                    status = "Profile Error"
                elif waived or root["impact"] == 0:
                    status = "Not Applicable"
                else:
                    words = {"failed": "Failed", "passed": "Passed", "skipped": "Not Reviewed"}
                    status = next((word for key, word in words.items() if key in segments), "Profile Error")
                nist = root["tags"].get("nist") or ["UM-1"]
                yield {
                    "profile": profile["name"], "id": control["id"], "status": status, "waived": waived,
                    "segments": segments, "severity": root["tags"].get("severity"), "nist": nist}

    def read(self, tool, state):
        for words, hosts in [([], state.hosts)] + [(["--host", host], [host]) for host in state.hosts[-1:]]:
            yield from self.compare(list(self.controls(tool.export("hdf", *words))), hosts, state)

    def compare(self, controls, hosts, state):
        findings = [(host, finding) for host, finding in state.findings if host in hosts]
        if len(controls) != len(findings):
            yield f"{len(controls)} controls, and ours are {len(findings)}"
        if len({(control["profile"], control["id"]) for control in controls}) != len(controls):
            yield "two controls have one id"
        # Both are in the order of hosts and findings.
        open_controls, units = state.open_controls(), Counter(
            unit.control for unit in state.units if not unit.is_accepted)
        for (host, finding), control in zip(findings, controls):
            key = (host, finding["control"], finding["fingerprint"])
            is_accepted = key in state.failing_controls(host) and key not in open_controls
            wanted = {
                "pass": "Passed", "manual": "Not Reviewed", "info": "Not Reviewed", "notApplicable": "Not Applicable",
                "fail": "Not Applicable" if is_accepted else "Failed"}[finding["verdict"]]
            if control["status"] != wanted or control["waived"] != is_accepted:
                yield f"{control['id']!r} is {control['status']}, not {wanted}; waived is {control['waived']}"
            if finding["control"] != "unmapped" and not control["id"].startswith(finding["control"]):
                yield f"{control['id']!r} stands for {finding['control']}"
            if finding["verdict"] == "fail" and control["segments"].count("failed") != units[key]:
                yield f"{control['id']!r} has {control['segments'].count('failed')} failed results, not {units[key]}"


class Heimdall(HeimdallRule):
    """The same, by inspecjs."""

    name = "heimdall"

    def __init__(self):
        package = BUILD / "node_modules" / "inspecjs" / "package.json"
        self.node = program("node")
        if not package.exists():
            raise Skip("inspecjs is not installed")
        self.version = "inspecjs " + json.loads(package.read_text())["version"]

    def controls(self, text):
        script = Path(__file__).with_name("heimdall.js")
        result = subprocess.run(
            [self.node, script], input=text, capture_output=True, text=True, timeout=60,
            env=os.environ | {"NODE_PATH": str(BUILD / "node_modules")})
        if result.returncode != 0:
            raise RuntimeError(result.stderr[-300:])
        return [json.loads(line) for line in result.stdout.splitlines()]
