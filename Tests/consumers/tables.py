"""What reads tables: pandas, and LibreOffice in several languages."""

import csv
import io
import re
import subprocess
import tempfile
from collections import Counter
from importlib.metadata import version
from pathlib import Path

from consumer import Consumer, Skip, differ, program

ESCAPE = re.compile(r"\\u([0-9a-f]{4})|\\U([0-9a-f]{8})")
# An apostrophe of ours stands at the beginning of a name, or behind a semicolon in it.
APOSTROPHE = re.compile(r"(^|;)( *)'")


def name(cell):
    """A name as it was: what a reader of the file does with a cell."""
    plain = APOSTROPHE.sub(r"\1\2", cell)
    return ESCAPE.sub(lambda match: chr(int(match[1] or match[2], 16)), plain)


class Pandas(Consumer):
    """pandas: rows of failures that nobody accepted, and the names in them."""

    name = "pandas"

    def __init__(self):
        import pandas

        self.pandas = pandas
        self.version = version("pandas")

    def read(self, tool, state):
        text = tool.export("csv")
        # Nothing is said of types: pandas guesses them, as it does for everybody.
        frame = self.pandas.read_csv(io.StringIO(text), keep_default_na=False)
        for column in ("host", "control", "check_id", "items", "path", "title", "run"):
            kinds = set(map(type, frame[column]))
            if kinds != {str}:
                yield f"{column} is read as {kinds}"
        rows = frame[(frame.verdict == "fail") & (frame.waived == "no")]
        theirs = Counter(map(name, rows.host))
        ours = Counter(control[0] for control in state.open_controls())
        yield from differ("open failures", theirs.items(), ours.items())
        yield from differ("fingerprints", rows.fingerprint, (control[2] for control in state.open_controls()))
        ids = {finding["fingerprint"]: finding for _, finding in state.findings}
        for row in frame.itertuples():
            finding = ids[row.fingerprint]
            if row.check_id.removeprefix("check ") != finding["checkId"]:
                yield f"{row.check_id!r} stands for {finding['checkId']}"
            if finding["itemsTruncated"] or len(row.items) > 31_000:
                continue
            labels = [item["name"] + (f": {item['value']}" if item["value"] else "") for item in finding["items"]]
            read = [name(label) for label in row.items.split(" | ")] if row.items else []
            if read != labels:
                yield f"items of {row.control}: {sorted(set(read) ^ set(labels))[:2]}"


class LibreOffice(Consumer):
    """LibreOffice Calc, as English and German: the cells that it gives back are those of the file."""

    name = "libreoffice"
    LANGUAGES = {"en-US": 1033, "de-DE": 1031}
    # Columns of true numbers and times, which are converted as they should be.
    NUMBERS = {"item_count", "line", "open_since", "run_started_at"}

    def __init__(self):
        self.path = program("soffice")
        self.folder = tempfile.TemporaryDirectory()
        said = subprocess.run([self.path, "--version"], capture_output=True, text=True, timeout=60).stdout
        found = re.search(r"LibreOffice ([\d.]+)", said)
        if not found:
            raise Skip("soffice does not tell its version")
        self.version = found[1]
        self.files = []

    def read(self, tool, state):
        # It starts slowly, so that it reads all files at once, at the end.
        text = tool.export("csv")
        self.files.append(text)
        return ()

    def converted(self, number):
        """The rows that it makes of the files, with numbers and dates as it recognizes them."""
        folder = Path(self.folder.name)
        paths = []
        for place, text in enumerate(self.files):
            paths.append(folder / f"{place}.csv")
            paths[-1].write_text(text, newline="")
        out = folder / str(number)
        # Comma, double quote, UTF-8, from line 1, no formats, language, quoted cells may be numbers, special numbers are
        # looked for: the most that it converts.
        subprocess.run(
            [self.path, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to",
             "csv:Text - txt - csv (StarCalc):44,34,76,1,,1033,true,false",
             f"--infilter=Text - txt - csv (StarCalc):44,34,76,1,,{number},false,true", "--outdir", out, *paths],
            capture_output=True, timeout=120, check=True)
        return [list(csv.reader(io.StringIO((out / path.name).read_text(), newline=""))) for path in paths]

    def end(self):
        for language, number in self.LANGUAGES.items():
            for text, read in zip(self.files, self.converted(number)):
                rows = list(csv.reader(io.StringIO(text, newline="")))
                if list(map(len, rows)) != list(map(len, read)):
                    yield f"{language}: {len(read)} rows, not {len(rows)}"
                for row, other in zip(rows, read):
                    for column, cell, converted in zip(rows[0], row, other):
                        if cell != converted and column not in self.NUMBERS:
                            yield f"{language}: {column} {cell[:60]!r} became {converted[:60]!r}"
        self.folder.cleanup()
