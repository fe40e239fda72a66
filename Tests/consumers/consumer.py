"""What the consumers have in common."""

import shutil

import trail

# Where `setup.sh` puts what has no place in an environment of Python.
BUILD = trail.ROOT / ".build" / "consumers"


class Skip(Exception):
    """Why a consumer can not be run here."""


def differ(what, theirs, ours):
    """What two sets do not have in common, as a fault."""
    theirs, ours = set(theirs), set(ours)
    if theirs == ours:
        return []
    sample = sorted(map(str, theirs ^ ours))[:3]
    return [f"{what}: {len(theirs)}, and ours are {len(ours)}; {len(theirs - ours)} only theirs, as {sample}"]


def program(*names):
    """The path of a program that is installed, or was unpacked by `setup.sh`."""
    for name in names:
        found = shutil.which(name) or next(
            (str(path) for path in [BUILD / "debian" / "usr" / "bin" / name] if path.exists()), None)
        if found:
            return found
    raise Skip(f"{names[0]} is not there")


class Consumer:
    def begin(self):
        """Forgets what earlier files said."""

    def end(self):
        """Stops what was started; returns faults where only now can be told what is wrong."""
