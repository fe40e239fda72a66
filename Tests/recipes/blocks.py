"""Runs every block of docs/recipes.md and README.md in a machine of its own, and what they install."""

import re
import shutil
import tempfile

import yaml
from machine import ROOT, SAMPLES, Machine

# What no test can run, with the reason.
SKIPPED = {
    "make demo": "builds, and CI runs it by itself",
    "make test": "runs this",
    "make install": "builds; 'make check-install' tests it",
}


def imported(machine, hosts=("web-1", "web-2", "db-1")):
    machine.benchtrail("import", *(f"samples/{host}" for host in hosts), "--host-from", "samples/{host}/*")


def a_policy(machine):
    imported(machine)
    machine.benchtrail("policy", "init")
    machine.run("git init -q . && git add benchtrail.yaml")


def a_log(machine):
    text = (SAMPLES / "web-1/docker-bench-security.log").read_text()
    for folder in (machine.work, machine.home):
        (folder / "docker-bench.log").write_text(text)


def headers(machine):
    imported(machine)
    for name in ("defectdojo", "heimdall"):
        (machine.work / f"{name}.header").write_text("Authorization: Token secret\n")


def a_fleet(machine):
    (machine.work / "hosts.txt").write_text("web-1\nweb-2\n")


def old_hosts(machine):
    imported(machine)
    log = "samples/web-3/1-docker-bench.txt"
    machine.benchtrail("import", log, "--host", "old-1", "--at", "2024-05-01", "--label", "env=test")
    machine.benchtrail("import", log, "--host", "lab-1", "--at", "2024-06-01", "--label", "env=test")


def renamed(machine):
    machine.benchtrail("import", "samples/web-1", "--host", "web-old")


def dated(machine):
    for day in (1, 2):
        machine.benchtrail("import", f"samples/web-3/{day}-docker-bench.txt", "--host", "web-3", "--at", f"2026-11-2{day}")


def a_script(machine):
    shutil.copy(machine.root / "opt/docker-bench-security/docker-bench-security.sh", machine.work)
    renamed(machine)


def collector(machine):
    imported(machine)
    if not shutil.which("promtool"):
        raise NotImplementedError("promtool is not there")


# What there is before a recipe begins.
SECTIONS = {
    "A policy to begin with": imported,
    "A systemd timer": None,
    "cron": None,
    "A digest by mail or in a chat": imported,
    "GitHub Actions": a_log,
    "A comment on a pull request": a_policy,
    "GitLab CI": a_log,
    "Prometheus": collector,
    "DefectDojo": headers,
    "Heimdall": headers,
    "A fleet over ssh": a_fleet,
    "kube-bench in a cluster": None,
    "Accepting a risk, and asking again in time": a_policy,
    "Retention": old_hosts,
    # Each line is one way of two.
    "A host got another name": renamed,
    "What was open when": dated,
}
BY_LINE = {"A host got another name", "Use"}
README = {"BenchTrail": None, "Use": a_script}
# Where a line of README ends with another exit code than 0, that is what it is there to show.
CODES = {"benchtrail gate": (0, 1)}


def sections(text):
    """The headings of a page, each with its blocks as (language, text)."""
    found, heading, language, lines = {}, "", None, []
    for line in text.splitlines():
        if language is None and line.startswith("#"):
            heading = line.lstrip("# ")
        if line.startswith("```"):
            if language is None:
                language, lines = line[3:], []
            else:
                found.setdefault(heading, []).append((language, "\n".join(lines) + "\n"))
                language = None
        elif language is not None:
            lines.append(line)
    return found


def verified(machine):
    """What systemd says of the units, where the programs are that they start."""
    if not shutil.which("systemd-analyze"):
        return None
    folder = machine.root / "etc/systemd/system"
    unit = folder / "benchtrail.service"
    text = unit.read_text()
    unit.write_text(text.replace("/usr/local/bin/benchtrail", str(machine.binary)))
    (folder / "docker.service").write_text("[Service]\nExecStart=/bin/true\n")
    result = machine.run(f"systemd-analyze verify --man=no {folder}/*.service {folder}/*.timer")
    unit.write_text(text)
    return result.stdout if result.returncode != 0 or result.stdout else None


def after_systemd(machine, _):
    """The installed unit's commands, as often as the timer would start them."""
    if fault := verified(machine):
        return fault
    unit = (machine.root / "etc/systemd/system/benchtrail.service").read_text()
    pairs = [line.split("=", 1) for line in unit.splitlines() if "=" in line and not line.startswith("#")]
    variables = dict(value.split("=", 1) for key, value in pairs if key == "Environment")
    variables = {key: machine.mapped(value) for key, value in variables.items()}
    commands = [value.lstrip("+") for key, value in pairs if key in ("ExecStartPre", "ExecStart")]
    for _ in range(2):
        for command in commands:
            # The group is made by systemd-sysusers.
            command = command.replace("%H", "web-1").replace("-g benchtrail ", "")
            command = machine.mapped(command).replace("/usr/local/bin/benchtrail", str(machine.binary))
            result = machine.run(command, variables)
            if result.returncode != 0:
                return f"{command}: {result.returncode}: {result.stdout}"
    return None


def after_cron(machine, _):
    """The installed table's lines, some nights long. The machine gets worse in the first, and stays so."""
    table = (machine.root / "etc/cron.d/benchtrail").read_text().splitlines()
    variables = dict(line.split("=", 1) for line in table if re.match(r"[A-Z_]+=", line))
    commands = [line.split(None, 6)[6] for line in table if re.match(r"\d", line)]
    variables = {"BENCHTRAIL_DB": machine.mapped(variables["BENCHTRAIL_DB"])}
    results = [machine.run(machine.mapped(command), variables, shell=("sh", "-c")) for command in commands]
    if results[0].returncode != 0 or results[0].stdout:
        return f"the script: {results[0].stdout}"
    if results[1].returncode != 1 or "Audit rule watches daemon.json" not in results[1].stdout:
        return f"the gate says nothing of what got worse: {results[1].returncode}: {results[1].stdout}"
    return None


def after_digest(machine, blocks):
    """A second digest has nothing to tell."""
    result = machine.run(machine.mapped(blocks[0][1]))
    if result.returncode != 0:
        return f"the second digest: {result.stdout}"
    if machine.log.count("mail -s docker-bench team@example.com") != 1:
        return f"no mail, or several: {machine.log[:300]}"
    if "curl -fsS" not in machine.log:
        return "nothing was sent to the chat"
    return None


AFTER = {"A systemd timer": after_systemd, "cron": after_cron, "A digest by mail or in a chat": after_digest}


def variables(machine):
    """What a person or a CI system has set."""
    return {
        "RUNNER_TEMP": str(machine.home), "RUNNER_NAME": "web-1", "GITHUB_STEP_SUMMARY": str(machine.home / "summary.md"),
        "GITHUB_TOKEN": "secret", "WEBHOOK": "https://chat.example.com/hook", "DEFECTDOJO_URL": "https://dojo.example.com",
        "HEIMDALL_URL": "https://heimdall.example.com"}


def run(check, page, heading, blocks, prepare, binary):
    name = f"{page}: {heading}"
    with tempfile.TemporaryDirectory() as folder:
        machine = Machine(folder, binary)
        try:
            if prepare and heading not in BY_LINE:
                prepare(machine)
        except NotImplementedError as reason:
            return print(f"skipped {name}: {reason}")
        if heading == "Use":
            prepare(machine)
        for language, text in blocks:
            if language == "yaml":
                for include in yaml.safe_load(text).get("include", []):
                    if not (ROOT / include["local"]).is_file():
                        return check.fail(name, f"no file {include['local']}")
                continue
            if language not in ("sh", "console"):
                return check.fail(name, f"a block of {language} is of no kind that is run")
            if language == "console":
                # Tests/CommandTests/WalkthroughTests.swift runs these and compares what they print.
                continue
            scripts = text.splitlines() if heading in BY_LINE or page == "README.md" else [text]
            for script in scripts:
                command = script.split("#")[0].strip()
                if not command or command in SKIPPED:
                    continue
                if heading in BY_LINE and heading != "Use":
                    prepare(machine)
                result = machine.run(machine.mapped(script), variables(machine))
                allowed = next((codes for start, codes in CODES.items() if command == start), (0,))
                if result.returncode not in allowed:
                    what = f"exit code {result.returncode}: {result.stdout[-600:]}"
                    return check.fail(name, f"{command.splitlines()[0]}: {what}")
        fault = AFTER[heading](machine, blocks) if page != "README.md" and heading in AFTER else None
        return check.fail(name, fault) if fault else check.ok(name)


def all_blocks(check, binary):
    for page, known in (("docs/recipes.md", SECTIONS), ("README.md", README)):
        found = sections((ROOT / page).read_text())
        if set(found) != set(known):
            check.fail(page, f"sections with blocks that no test knows, or that are gone: {sorted(set(found) ^ set(known))}")
        for heading, blocks in found.items():
            run(check, page, heading, blocks, known.get(heading), binary)
