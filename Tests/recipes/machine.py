"""A machine for a recipe: folders of its own in place of /etc, /opt and /var, and stand-ins for what can't be run."""

import os
import re
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STUBS = ROOT / "Tests" / "recipes" / "bin"
SAMPLES = ROOT / "samples"
SYSTEM = "/usr/bin:/bin:/usr/sbin:/sbin"
# 2026-11-24 06:00 UTC, a day after the samples' newest run.
NOW = "1795500000"


class Machine:
    """A folder with a home, a checkout to work in, and a root that stands for the machine's own."""

    def __init__(self, folder, binary, installed=True):
        self.folder = Path(folder)
        self.binary = binary
        self.root, self.work, self.home = (self.folder / name for name in ("root", "work", "home"))
        for name in ("etc/systemd/system", "etc/sysusers.d", "etc/cron.d", "opt/docker-bench-security", "var/log",
                     "var/lib/benchtrail", "var/lib/node_exporter/textfile_collector"):
            (self.root / name).mkdir(parents=True)
        for path in (self.work, self.home, self.folder / "bin"):
            path.mkdir()
        shutil.copy(STUBS / "docker-bench-security.sh", self.root / "opt/docker-bench-security")
        for name in ("contrib", "samples"):
            (self.work / name).symlink_to(ROOT / name)
        if installed:
            (self.folder / "bin" / "benchtrail").symlink_to(binary)
        (self.folder / "gitconfig").write_text(
            "[user]\nname = team\nemail = team@example.com\n[init]\ndefaultBranch = main\n"
            f'[url "file://{self.bench()}"]\ninsteadOf = https://github.com/docker/docker-bench-security\n')
        self.environment = {
            "PATH": f"{self.folder / 'bin'}:{STUBS}:{SYSTEM}", "HOME": str(self.home), "LC_ALL": "C.UTF-8",
            "SOURCE_DATE_EPOCH": NOW, "GIT_CONFIG_GLOBAL": str(self.folder / "gitconfig"), "GIT_CONFIG_NOSYSTEM": "1",
            "STUB_LOG": str(self.folder / "stubs.log"), "SAMPLES": str(SAMPLES), "RUNS": str(self.folder / "runs")}
        (self.folder / "stubs.log").touch()

    def repository(self, name, files):
        """A git repository with one commit; `files` has a text or a file to copy by each path."""
        folder = self.folder / name
        for path, content in files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            if isinstance(content, Path):
                shutil.copy(content, folder / path)
            else:
                (folder / path).write_text(content)
        git = ["git", "-c", "user.name=team", "-c", "user.email=team@example.com", "-C", str(folder)]
        for words in (["init", "-q", "-b", "main"], ["add", "-A"], ["commit", "-q", "-m", "One"]):
            subprocess.run([*git, *words], check=True, capture_output=True)
        return folder

    def bench(self):
        return self.repository("bench.git.work", {"docker-bench-security.sh": STUBS / "docker-bench-security.sh"})

    def mapped(self, text):
        """The text with this machine's folders in place of /etc, /opt and /var."""
        return re.sub(r"(?<![\w.$}~/-])/(etc|opt|var)/", rf"{self.root}/\1/", text)

    def run(self, text, extra=None, cwd=None, shell=("bash", "-eo", "pipefail", "-c"), timeout=120):
        """Runs a script with no input; the result has what it printed, both streams in one."""
        return subprocess.run(
            [*shell, text], cwd=cwd or self.work, env=self.environment | (extra or {}), stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=timeout)

    def benchtrail(self, *words):
        """Runs the command, which has to succeed, in the checkout."""
        result = subprocess.run(
            [self.binary, *words], cwd=self.work, env=self.environment, stdin=subprocess.DEVNULL, capture_output=True,
            text=True, timeout=120)
        if result.returncode != 0:
            raise RuntimeError(f"benchtrail {' '.join(words)}: {result.stderr}")
        return result.stdout

    @property
    def log(self):
        """What the stand-ins noted."""
        return (self.folder / "stubs.log").read_text()
