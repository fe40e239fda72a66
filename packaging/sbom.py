#!/usr/bin/env python3
"""Writes the bill of materials as SPDX 2.3 JSON: sbom.py VERSION SECONDS FILE...

It lists what LICENSES/components.tsv has, and the files of the release with their digests. SECONDS is the time that it
gives, in seconds since 1970, so that the same release has the same bytes."""
import csv
import datetime
import hashlib
import json
import pathlib
import re
import sys

version, seconds, files = sys.argv[1], int(sys.argv[2]), [pathlib.Path(name) for name in sys.argv[3:]]
top = pathlib.Path(__file__).resolve().parent.parent
with open(top / "LICENSES/components.tsv", encoding="utf-8") as table:
    rows = list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))


def identifier(kind, name):
    """A name as SPDX wants it: letters, digits, dots and dashes."""
    return f"SPDXRef-{kind}-" + re.sub(r"[^A-Za-z0-9.-]+", "-", name)


def package(row):
    entry = {
        "SPDXID": identifier("Package", row["component"]),
        "name": row["component"],
        "versionInfo": version if row["version"] == "-" else row["version"],
        "downloadLocation": "NOASSERTION",
        "filesAnalyzed": False,
        "licenseConcluded": "NOASSERTION",
        "licenseDeclared": row["license"].replace(", ", " AND "),
        "copyrightText": row["notice"],
    }
    if row["source"] != "-":
        entry["downloadLocation"] = row["source"]
        if row["source"].startswith("https://github.com/") and row["version"][0].isdigit():
            path = row["source"].removeprefix("https://github.com/").lower()
            entry["externalRefs"] = [{
                "referenceCategory": "PACKAGE-MANAGER",
                "referenceType": "purl",
                "referenceLocator": f"pkg:github/{path}@{row['version']}",
            }]
    return entry


def file(path):
    content = path.read_bytes()
    return {
        "SPDXID": identifier("File", path.name),
        "fileName": "./" + path.name,
        "checksums": [
            {"algorithm": "SHA1", "checksumValue": hashlib.sha1(content).hexdigest()},
            {"algorithm": "SHA256", "checksumValue": hashlib.sha256(content).hexdigest()},
        ],
        "licenseConcluded": "NOASSERTION",
        "copyrightText": "NOASSERTION",
    }


packages, listed = [package(row) for row in rows], [file(path) for path in files]
own = packages[0]["SPDXID"]
relations = [{"spdxElementId": "SPDXRef-DOCUMENT", "relationshipType": "DESCRIBES", "relatedSpdxElement": own}]
for row, entry in list(zip(rows, packages))[1:]:
    kind = "STATIC_LINK" if row["linked"] == "static" else "DYNAMIC_LINK"
    relations.append({"spdxElementId": own, "relationshipType": kind, "relatedSpdxElement": entry["SPDXID"]})
for entry in listed:
    relations.append({"spdxElementId": entry["SPDXID"], "relationshipType": "GENERATED_FROM", "relatedSpdxElement": own})
digest = hashlib.sha256("".join(entry["checksums"][1]["checksumValue"] for entry in listed).encode()).hexdigest()
json.dump({
    "spdxVersion": "SPDX-2.3",
    "dataLicense": "CC0-1.0",
    "SPDXID": "SPDXRef-DOCUMENT",
    "name": f"benchtrail-{version}",
    "documentNamespace": f"urn:benchtrail:sbom:{version}:{digest}",
    "creationInfo": {
        "created": datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "creators": ["Tool: benchtrail-sbom"],
    },
    "packages": packages,
    "files": listed,
    "relationships": relations,
}, sys.stdout, ensure_ascii=False, indent=1)
print()
