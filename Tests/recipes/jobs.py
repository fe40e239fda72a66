"""Runs the jobs of contrib/github and contrib/gitlab as a runner would, and holds them against the services' schemas."""

import json
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

import yaml
from machine import ROOT, Machine

# The major versions whose runtime GitHub's runners have: node20 went in September 2026, and codeql-action 3 in December.
ACTIONS = {"actions/checkout": "v6", "github/codeql-action/upload-sarif": "v4"}
# Where a job's sources have what the job takes from them.
MAKEFILE = "build:\n\tmkdir -p .build/release && cp $(BENCHTRAIL_BINARY) .build/release/benchtrail\n"
# What a team has before this machine's first run.
POLICY = "version: 1\ngate:\n  new-failures: true\n"


def schema(check, name, path, *options):
    """The service's schema, in the copy that check-jsonschema has."""
    words = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", name, *options, str(ROOT / path)]
    result = subprocess.run(words, capture_output=True, text=True, timeout=120)
    if result.returncode != 0:
        return check.fail(f"{path}: schema", result.stdout + result.stderr)
    check.ok(f"{path}: schema")


def sources(machine):
    """A repository that stands for BenchTrail's own, in which nothing has to be compiled."""
    makefile = (ROOT / "Makefile").read_text()
    if "BINARY = .build/release/benchtrail\n" not in makefile or not re.search("^build:", makefile, re.MULTILINE):
        raise RuntimeError("Makefile: 'make build' doesn't make .build/release/benchtrail")
    script = ROOT / "contrib/github/comment.sh"
    return machine.repository("sources", {"Makefile": MAKEFILE, "contrib/github/comment.sh": script})


class GitHub:
    """A self-hosted runner: its home and its database last, the folder of temporary files does not."""

    def __init__(self, machine, variables, event):
        self.machine, self.variables, self.event = machine, variables, event
        self.temp, self.files = machine.folder / "temp", machine.folder / "files"
        self.outcomes, self.path = {}, []

    def value(self, text):
        """The text with the values of its expressions; an expression that is not known is an error."""
        known = {
            "github.token": "secret", "github.event.number": "42", "runner.temp": str(self.temp),
            **{f"vars.{name}": value for name, value in self.variables.items()}}
        return re.sub(r"\$\{\{ (\S+) \}\}", lambda match: known[match[1]], text)

    def holds(self, condition):
        text = condition.removeprefix("${{").removesuffix("}}").replace("!cancelled()", "True").replace("&&", "and")
        text = re.sub(r"steps\.(\w+)\.outcome", lambda match: repr(self.outcomes.get(match[1])), text)
        return eval(text.replace("github.event_name", repr(self.event)).strip(), {"__builtins__": {}})

    def run(self, job):
        """The steps that failed, with what they printed."""
        for folder in (self.temp, self.files):
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
        failed = []
        for step in job["steps"]:
            name = step.get("name", step.get("uses"))
            if not self.holds(step["if"]) if "if" in step else failed:
                continue
            code, output = self.uses(step) if "uses" in step else self.shell(step)
            self.outcomes[step.get("id")] = "success" if code == 0 else "failure"
            if code != 0:
                failed.append((name, code, output))
        return failed

    def shell(self, step):
        extra = {name: self.value(value) for name, value in step.get("env", {}).items()}
        extra |= {
            "RUNNER_TEMP": str(self.temp), "RUNNER_NAME": "web-1", "GITHUB_REPOSITORY": "example/hosts",
            "GITHUB_STEP_SUMMARY": str(self.files / "summary"), "GITHUB_PATH": str(self.files / "path"),
            "PATH": ":".join([*self.path, self.machine.environment["PATH"]]), "BENCHTRAIL_BINARY": str(self.machine.binary)}
        result = self.machine.run(self.value(step["run"]), extra, shell=("bash", "-e", "-c"))
        if (self.files / "path").exists():
            self.path = (self.files / "path").read_text().split()
        return result.returncode, result.stdout

    def uses(self, step):
        action, version = step["uses"].split("@")
        if ACTIONS.get(action) != version:
            return 1, f"{step['uses']}: not a version that is known to be supported"
        inputs = {name: self.value(value) for name, value in step.get("with", {}).items()}
        if action == "actions/checkout" and "path" in inputs:
            shutil.rmtree(self.machine.work / inputs["path"], ignore_errors=True)
            subprocess.run(
                ["git", "clone", "-q", inputs["repository"] or self.machine.work, inputs["path"]], cwd=self.machine.work,
                check=True, capture_output=True)
        if action.endswith("upload-sarif"):
            runs = json.loads(open(inputs["sarif_file"]).read())["runs"]
            return (0, "") if len(runs) == 1 else (1, "the file has no run")
        return 0, ""


def github(check, binary):
    path = "contrib/github/docker-bench.yml"
    job = yaml.safe_load((ROOT / path).read_text())["jobs"]["docker-bench"]
    for title, installed, variables, policy, later in (
        ("built from its sources", False, {"BENCHTRAIL_REPOSITORY": "sources"}, False, []),
        ("installed", True, {"BENCHTRAIL_REPOSITORY": "sources"}, True, ["Gate"]),
        ("no repository is named", False, {"BENCHTRAIL_REPOSITORY": ""}, False, None),
    ):
        with tempfile.TemporaryDirectory() as folder:
            machine = Machine(folder, binary, installed)
            subprocess.run(["git", "init", "-q", str(machine.work)], check=True)
            if variables["BENCHTRAIL_REPOSITORY"]:
                variables = {"BENCHTRAIL_REPOSITORY": str(sources(machine))}
            if policy:
                (machine.work / "benchtrail.yaml").write_text(POLICY)
            runner = GitHub(machine, variables, "pull_request")
            failed = runner.run(job)
            if later is None:
                if [name for name, *_ in failed] != ["Build BenchTrail"] or "BENCHTRAIL_REPOSITORY" not in failed[0][2]:
                    check.fail(f"{path}: {title}", f"the job does not say so: {failed}")
                else:
                    check.ok(f"{path}: {title}")
                continue
            if failed:
                check.fail(f"{path}: {title}, first run", failed)
                continue
            check.ok(f"{path}: {title}, first run")
            if "comments" not in machine.log or not (runner.files / "summary").stat().st_size:
                check.fail(f"{path}: {title}, first run", "no comment or no summary")
            failed = [name for name, *_ in runner.run(job)]
            if failed != later:
                check.fail(f"{path}: {title}, second run, in which it got worse", f"failed: {failed}, expected: {later}")
            else:
                check.ok(f"{path}: {title}, second run")


def gitlab(check, binary):
    path = "contrib/gitlab/docker-bench.gitlab-ci.yml"
    job = yaml.safe_load((ROOT / path).read_text())["docker-bench"]
    script = "\n".join(job["before_script"] + job["script"])
    for title, installed in (("built from its sources", False), ("installed", True)):
        with tempfile.TemporaryDirectory() as folder:
            machine = Machine(folder, binary, installed)
            variables = {
                "CI_PROJECT_DIR": str(machine.work), "CI_RUNNER_DESCRIPTION": "web-1", "HOST": "web-1",
                "BENCHTRAIL_REPOSITORY": f"file://{sources(machine)}", "BENCHTRAIL_BINARY": str(binary)}
            (machine.work / "benchtrail.yaml").write_text(POLICY)
            subprocess.run(["git", "init", "-q", str(machine.work)], check=True)
            subprocess.run(["git", "-C", str(machine.work), "add", "benchtrail.yaml"], check=True)
            for number, wanted in (("first", 0), ("second", 1)):
                name = f"{path}: {title}, {number} run"
                # As the runner does before each job.
                subprocess.run(["git", "clean", "-q", "-ffdx"], cwd=machine.work, check=True)
                result = machine.run(script, variables)
                if result.returncode != wanted:
                    check.fail(name, f"exit code {result.returncode}: {result.stdout[-600:]}")
                    break
                artifacts = job["artifacts"]
                files = artifacts["paths"] + list(artifacts["reports"].values())
                missing = [file for file in files if not (machine.work / file).is_file()]
                if missing:
                    check.fail(name, f"no artifact {missing}")
                    break
                json.loads((machine.work / artifacts["reports"]["codequality"]).read_text())
                ElementTree.parse(machine.work / artifacts["reports"]["junit"])
                check.ok(name)


def all_jobs(check, binary):
    schema(check, "vendor.github-workflows", "contrib/github/docker-bench.yml")
    schema(check, "vendor.gitlab-ci", "contrib/gitlab/docker-bench.gitlab-ci.yml", "--data-transform", "gitlab-ci")
    github(check, binary)
    gitlab(check, binary)
