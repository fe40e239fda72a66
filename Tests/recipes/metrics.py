"""Holds the dashboard and the alerts of contrib/ against what an export has, and asks a real Prometheus where one is there.

Prometheus scrapes node_exporter, whose textfile collector reads an export; both listen on loopback alone.
"""

import json
import re
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request

import yaml
from grafana_foundation_sdk.cog import plugins
from grafana_foundation_sdk.cog.encoder import JSONEncoder
from grafana_foundation_sdk.models.dashboard import Dashboard
from machine import ROOT, Machine

DASHBOARD = "contrib/grafana/benchtrail.json"
ALERTS = "contrib/prometheus/alerts.yml"
PROGRAMS = ("promtool", "prometheus", "prometheus-node-exporter")
METRICS = ("summary", "controls", "items")
# node_exporter's own, of its collector.
FOREIGN = {"node_textfile_scrape_error"}
# What the export must have for each query to find something; the others say zero or nothing where it is not so.
NEEDS = {"benchtrail_control_failed": {"controls"}}


def queries():
    """Each expression of the dashboard by its panel, as Grafana would send it with all hosts and tools chosen."""
    dashboard = json.loads((ROOT / DASHBOARD).read_text())
    found = {}
    for panel in dashboard["panels"]:
        for target in panel["targets"]:
            expression = target["expr"].replace("$host", ".*").replace("$tool", ".*").replace("$silent", "7")
            if "$" in expression:
                raise RuntimeError(f"a variable that the dashboard has not: {expression}")
            found[f"{panel['title']} {target['refId']}"] = expression
    for variable in dashboard["templating"]["list"]:
        if variable["type"] == "query":
            text = variable["query"]["query"].replace("$host", ".*")
            found[f"variable {variable['name']}"] = re.match(r"label_values\((.*), \w+\)$", text)[1]
    return found


def alerts():
    groups = yaml.safe_load((ROOT / ALERTS).read_text())["groups"]
    return {rule["alert"]: rule["expr"] for group in groups for rule in group["rules"]}


def exported(machine, metrics):
    """The metrics of an export, each with the labels that it has."""
    found = {}
    for line in machine.benchtrail("export", "--format", "openmetrics", "--metrics", metrics).splitlines():
        if not line.startswith("#"):
            name, labels = re.match(r"(\w+)(?:\{(.*)\})? \S+$", line).groups()
            found.setdefault(name, set()).update(re.findall(r'(\w+)="', labels or ""))
    return found


def names(check, machine):
    """Every metric and every label that a query names is one that some export writes."""
    known = {}
    for metrics in METRICS:
        for name, labels in exported(machine, metrics).items():
            known.setdefault(name, set()).update(labels)
    for path, expressions in ((DASHBOARD, queries()), (ALERTS, alerts())):
        used = set()
        for title, expression in expressions.items():
            for name, labels in re.findall(r"\b((?:benchtrail|node)_\w+)(?:\{([^}]*)\})?", expression):
                used.add(name)
                if name in FOREIGN:
                    continue
                unknown = set(re.findall(r"(\w+)=~?\"", labels)) - known.get(name, set())
                if name not in known or unknown:
                    check.fail(f"{path}: {title}", f"no export has {name} with {sorted(unknown)}")
        check.ok(f"{path}: {len(used)} metrics that an export has")


def differences(ours, theirs, place=""):
    """What is in ours and not, or otherwise, in theirs."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return [found for key in ours for found in differences(ours[key], theirs.get(key), f"{place}.{key}")]
    if isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
        return [found for n, pair in enumerate(zip(ours, theirs)) for found in differences(*pair, f"{place}[{n}]")]
    return [] if ours == theirs else [place]


def form(check):
    """Grafana's own types of a dashboard and of its panels know every key: read and written again, none is lost."""
    plugins.register_default_plugins()
    text = (ROOT / DASHBOARD).read_text()
    again = json.loads(JSONEncoder().encode(Dashboard.from_json(json.loads(text))))
    lost = differences(json.loads(text), again)
    if lost:
        return check.fail(f"{DASHBOARD}: form", f"Grafana's types have no {lost}")
    panels = json.loads(text)["panels"]
    boxes = [panel["gridPos"] for panel in panels]
    for n, a in enumerate(boxes):
        for b in boxes[:n]:
            if all(a[at] < b[at] + b[size] and b[at] < a[at] + a[size] for at, size in ("xw", "yh")):
                return check.fail(f"{DASHBOARD}: form", f"{panels[n]['title']} lies over another panel")
    if len({panel["id"] for panel in panels}) != len(panels):
        return check.fail(f"{DASHBOARD}: form", "two panels of one id")
    check.ok(f"{DASHBOARD}: form")


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def ask(port, expression):
    query = urllib.parse.urlencode({"query": expression})
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/v1/query?{query}", timeout=10) as answer:
        return json.load(answer)["data"]["result"]


def scraped(port):
    """Waits until an export is in Prometheus."""
    for _ in range(150):
        try:
            if ask(port, "benchtrail_export_timestamp_seconds"):
                return True
        except (urllib.error.URLError, ConnectionError):
            pass
        time.sleep(0.2)
    return False


def in_prometheus(check, machine, metrics):
    """Each expression gives a result."""
    folder = machine.root / "var/lib/node_exporter/textfile_collector"
    result = machine.run(f"sh contrib/prometheus/benchtrail-textfile.sh '{folder}' --metrics {metrics}")
    if result.returncode != 0:
        return check.fail(f"{DASHBOARD}: {metrics}", result.stdout)
    exporter, port = free_port(), free_port()
    (machine.folder / "prometheus.yml").write_text(
        "global: {scrape_interval: 1s}\nscrape_configs:\n"
        f"  - {{job_name: node, static_configs: [{{targets: ['127.0.0.1:{exporter}']}}]}}\n")
    commands = (
        ["prometheus-node-exporter", "--collector.disable-defaults", "--collector.textfile",
         f"--collector.textfile.directory={folder}", f"--web.listen-address=127.0.0.1:{exporter}"],
        ["prometheus", f"--config.file={machine.folder / 'prometheus.yml'}",
         f"--storage.tsdb.path={machine.folder / metrics}", f"--web.listen-address=127.0.0.1:{port}"])
    with open(machine.folder / "servers.log", "w") as log:
        servers = [subprocess.Popen(command, stdout=log, stderr=log, cwd=machine.folder) for command in commands]
    try:
        if not scraped(port):
            log = (machine.folder / "servers.log").read_text()
            return check.fail(f"{DASHBOARD}: {metrics}", f"Prometheus has no export: {log[-400:]}")
        for title, expression in queries().items():
            needed = set().union(*(kinds for name, kinds in NEEDS.items() if name in expression))
            words = ["promtool", "query", "instant", f"http://127.0.0.1:{port}", expression]
            result = subprocess.run(words, capture_output=True, text=True, timeout=30)
            is_expected = not needed or metrics in needed
            if result.returncode != 0 or bool(result.stdout.strip()) != is_expected:
                check.fail(f"{DASHBOARD}: {title}, {metrics}", f"{expression}: {result.stdout or 'nothing'}{result.stderr}")
        if ask(port, "node_textfile_scrape_error")[0]["value"][1] != "0":
            check.fail(f"{DASHBOARD}: {metrics}", "node_exporter can't read the export")
        check.ok(f"{DASHBOARD}: {len(queries())} queries in Prometheus, {metrics}")
    finally:
        for server in servers:
            server.terminate()
        for server in servers:
            server.wait(timeout=20)


def all_files(check, binary):
    with tempfile.TemporaryDirectory() as folder:
        machine = Machine(folder, binary)
        logs = [f"samples/{host}" for host in ("web-1", "web-2", "db-1")]
        machine.benchtrail("import", *logs, "--host-from", "samples/{host}/*")
        names(check, machine)
        form(check)
        missing = [name for name in PROGRAMS if not shutil.which(name)]
        if missing:
            return print(f"skipped {DASHBOARD}: in Prometheus: {', '.join(missing)} not there")
        words = ["promtool", "check", "rules", str(ROOT / ALERTS)]
        result = subprocess.run(words, capture_output=True, text=True, timeout=30)
        if result.returncode == 0:
            check.ok(f"{ALERTS}: promtool")
        else:
            check.fail(f"{ALERTS}: promtool", result.stdout + result.stderr)
        for metrics in METRICS:
            in_prometheus(check, machine, metrics)
