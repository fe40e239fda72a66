"""Runs the programs that read our exports, and compares what they show as open with what is.

Takes the binary's path. Prints `ok CONSUMER STEP`, `FAIL CONSUMER STEP: what`, `version CONSUMER VERSION` and
`skip CONSUMER: why`; exits with 1 at a fault. `Tests/consumers/setup.sh` installs the consumers.
"""

import sys
import tempfile
import time
import traceback
from pathlib import Path

import trail
from consumer import Skip
from defectdojo import DefectDojo, DefectDojoRule
from heimdall import Heimdall, HeimdallRule
from metrics import NodeExporter, Promtool
from reports import GitLabRule, JUnitParser, OCSFModels, SARIFTools
from tables import LibreOffice, Pandas

CONSUMERS = [
    DefectDojoRule, DefectDojo, HeimdallRule, Heimdall, SARIFTools, JUnitParser, GitLabRule, OCSFModels, Promtool,
    NodeExporter, Pandas, LibreOffice]


class Check:
    def __init__(self):
        self.faults = 0
        self.consumers = []
        for consumer in CONSUMERS:
            try:
                self.consumers.append(consumer())
                print(f"version {consumer.name} {self.consumers[-1].version}", flush=True)
            except Skip as reason:
                print(f"skip {consumer.name}: {reason}", flush=True)
        self.seconds = dict.fromkeys((consumer.name for consumer in self.consumers), 0)

    def report(self, consumer, step, faults):
        self.faults += len(faults)
        for fault in faults[:5]:
            print(f"FAIL {consumer} {step}: {fault}", flush=True)
        if not faults:
            print(f"ok {consumer} {step}", flush=True)

    def step(self, name, tool, state):
        """Shows all consumers what is there at a step."""
        self.report("export", name, state.faults)
        for consumer in self.consumers:
            start = time.monotonic()
            try:
                faults = list(consumer.read(tool, state))
            except Exception as error:
                faults = [f"{error!r} at {traceback.extract_tb(error.__traceback__)[-1].lineno}"]
            self.report(consumer.name, name, faults)
            self.seconds[consumer.name] += time.monotonic() - start

    def end(self, consumer):
        start = time.monotonic()
        faults = consumer.end()
        if faults is not None:
            self.report(consumer.name, "all files", list(faults))
        self.seconds[consumer.name] += time.monotonic() - start

    def begin(self):
        """What a consumer kept of another trail it knows no more."""
        for consumer in self.consumers:
            consumer.begin()

    def sequence(self, tool):
        self.begin()
        for step in trail.steps():
            if step.log:
                path = tool.folder / f"{step.name}.json"
                path.write_text(step.log)
                for host in trail.HOSTS:
                    tool.run("import", path, "--host", host)
            tool.judge(trail.policy(step.waivers))
            self.step(step.name, tool, trail.State(tool.export("json"), step.waivers))

    def samples(self, tool):
        self.begin()
        folder = trail.ROOT / "samples"
        hosts = [folder / host for host in ("db-1", "web-1", "web-2")]
        tool.run("import", *hosts, "--host-from", f"{folder}/{{host}}/*")
        for host, logs in {"web-3": "*-docker-bench.txt", "node-1": "*-kube-bench.*"}.items():
            for number, log in enumerate(sorted((folder / host).glob(logs))):
                tool.run("import", log, "--host", host, "--at", f"2026-11-{21 + number}")
        tool.run("import", trail.FIXTURES / "s6-v1.6.0-log.json", "--host", "names")
        tool.judge((folder / "benchtrail.yaml").read_text())
        self.step("samples", tool, trail.State(tool.export("json")))


def main():
    if len(sys.argv) != 2:
        raise SystemExit("usage: consumers.py BINARY")
    binary = str(Path(sys.argv[1]).resolve())
    check = Check()
    with tempfile.TemporaryDirectory() as folder:
        check.sequence(trail.Tool(binary, Path(folder) / "sequence"))
        check.samples(trail.Tool(binary, Path(folder) / "samples"))
    for consumer in check.consumers:
        check.end(consumer)
    for name, seconds in check.seconds.items():
        print(f"seconds {name} {seconds:.1f}")
    return 1 if check.faults else 0


if __name__ == "__main__":
    sys.exit(main())
