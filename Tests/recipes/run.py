"""Runs the recipes, jobs and metrics' files of docs/, README.md and contrib/ as they are written.

Takes the binary's path. Prints `ok FILE: WHAT`, `skipped FILE: WHAT: WHY` or `FAIL FILE: WHAT: WHY`; exits with 1 at a
fault.
"""

import sys
from pathlib import Path

import blocks
import jobs
import metrics


class Check:
    faults = 0

    def ok(self, name):
        print(f"ok {name}")

    def fail(self, name, what):
        self.faults += 1
        print(f"FAIL {name}: {' / '.join(str(what).strip().splitlines())}")


def main():
    if len(sys.argv) != 2:
        raise SystemExit("usage: run.py BINARY")
    binary = Path(sys.argv[1]).resolve()
    check = Check()
    blocks.all_blocks(check, binary)
    jobs.all_jobs(check, binary)
    metrics.all_files(check, binary)
    return 1 if check.faults else 0


if __name__ == "__main__":
    sys.exit(main())
