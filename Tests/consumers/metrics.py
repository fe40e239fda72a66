"""What reads metrics: promtool, and the textfile collector of node_exporter on the loopback."""

import re
import socket
import subprocess
import tempfile
import time
import urllib.request
from collections import Counter
from pathlib import Path

import trail
from consumer import Consumer, differ, program

LINE = re.compile(r'(\w+)(?:\{(.*)\})? (\S+)')
LABEL = re.compile(r'(\w+)="((?:[^"\\]|\\.)*)"')


def samples(text):
    """The samples of an exposition: the metric, its labels, its value."""
    for line in text.splitlines():
        if line.startswith("benchtrail_"):
            name, labels, value = LINE.fullmatch(line).groups()
            yield name, dict(sorted((key, unescaped(label)) for key, label in LABEL.findall(labels or ""))), float(value)


def unescaped(label):
    return re.sub(r"\\(.)", lambda match: {"n": "\n"}.get(match[1], match[1]), label)


def version_of(path):
    said = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=60)
    return re.search(r"version ([\d.]+)", said.stdout + said.stderr)[1]


def shown(name):
    """A host's name as metrics have it."""
    return "".join(f"\\u{ord(sign):04x}" if sign in "\u202e\n" else sign for sign in name)


def compare(text, state):
    """How many open failures each host has, by each of the metrics that count them."""
    ours = Counter({shown(host): 0 for host in state.hosts})
    ours.update(shown(control[0]) for control in state.open_controls())
    for metric in ("benchtrail_failed", "benchtrail_control_failed"):
        theirs = Counter()
        for name, labels, value in samples(text):
            if name == metric:
                theirs[labels["host"]] += int(value)
        if theirs or metric == "benchtrail_failed":
            yield from differ(metric, theirs.items(), ours.items())


class Promtool(Consumer):
    """Whether the text and the alerts that we ship are what Prometheus takes."""

    name = "promtool"

    def __init__(self):
        self.path = program("promtool")
        self.version = version_of(self.path)
        self.is_tried = False

    def read(self, tool, state):
        # What does not depend on the state is looked at once.
        if not self.is_tried:
            yield from self.check("alerts.yml", "rules", trail.ROOT / "contrib" / "prometheus" / "alerts.yml")
        for metrics in ["items"] if self.is_tried else ["items", "summary", "controls"]:
            text = tool.export("openmetrics", "--metrics", metrics)
            yield from self.check(metrics, "metrics", text=text)
            if metrics == "controls" and not any(name == "benchtrail_control_failed" for name, *_ in samples(text)):
                yield "controls: no control has a series"
            yield from compare(text, state)
        self.is_tried = True

    def check(self, name, *words, text=None):
        said = subprocess.run([self.path, "check", *words], input=text, capture_output=True, text=True, timeout=60)
        if said.returncode != 0:
            yield f"{name}: {(said.stdout + said.stderr)[:300]}"


class NodeExporter(Consumer):
    """What node_exporter serves of a file in the folder of its textfile collector."""

    name = "node_exporter"

    def __init__(self):
        path = program("prometheus-node-exporter", "node_exporter")
        self.version = version_of(path)
        self.folder = tempfile.TemporaryDirectory()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            address = f"127.0.0.1:{free.getsockname()[1]}"
        self.page = f"http://{address}/metrics"
        self.process = subprocess.Popen(
            [path, f"--web.listen-address={address}", "--collector.disable-defaults", "--collector.textfile",
             f"--collector.textfile.directory={self.folder.name}"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def served(self):
        for _ in range(100):
            try:
                with urllib.request.urlopen(self.page, timeout=5) as answer:
                    return answer.read().decode()
            except OSError:
                time.sleep(0.1)
        raise RuntimeError("it does not answer")

    def read(self, tool, state):
        text = tool.export("openmetrics", "--metrics", "items")
        (Path(self.folder.name) / "benchtrail.prom").write_text(text)
        served = self.served()
        if "node_textfile_scrape_error 0" not in served:
            yield "it can not read the file"
        yield from differ(
            "samples", (str(one) for one in samples(served)), (str(one) for one in samples(text)))
        yield from compare(served, state)

    def end(self):
        self.process.terminate()
        self.process.wait(timeout=10)
        self.folder.cleanup()
