"""DefectDojo: a test for each host, into which files are reimported with `close_old_findings`.

`Rule` is what DefectDojo does with a file, as its `dojo/importers/default_reimporter.py` says at the commit below.
The module `reimport` runs that code.
"""

import hashlib
import json
from collections import Counter

from consumer import BUILD, Consumer, Skip, differ
from reimport import Importer, Real

COMMIT = "7cfa159a6767b0ac6e66f3b1597a997e607e7308"
SOURCE = "django-DefectDojo"
# How a finding is known again: by title and severity, by a hash, and by what the file says.
ALGORITHMS = ["legacy", "hash_code", "unique_id_from_tool"]


def fingerprint(finding, algorithm):
    """By what an algorithm knows a finding again; `finding` is a dictionary."""
    if algorithm == "unique_id_from_tool":
        return finding["unique_id_from_tool"]
    if algorithm == "legacy":
        return finding["title"].lower(), finding["severity"]
    # HASHCODE_FIELDS of title and description, HASH_CODE_FIELDS_ALWAYS of the service.
    text = finding["title"] + finding["description"] + (finding.get("service") or "")
    return hashlib.sha256(text.casefold().encode().strip()).hexdigest()


class Rule:
    """The rule of a reimport, in our words."""

    version = COMMIT[:9]

    def __init__(self, algorithm):
        self.algorithm = algorithm
        self.known = {}

    def reimport(self, document):
        touched = set()
        for new in document["findings"]:
            key = fingerprint(new, self.algorithm)
            accepted = new.get("risk_accepted", False)
            mitigated = new.get("is_mitigated", False)
            old = self.known.get(key)
            if old is None:
                self.known[key] = {
                    "id": new["unique_id_from_tool"], "active": new["active"], "accepted": accepted, "mitigated": mitigated}
                touched.add(key)
            elif old["accepted"]:
                if accepted or not old["active"]:
                    touched.add(key)
            elif old["mitigated"]:
                touched.add(key)
                if not mitigated:
                    old.update(mitigated=False, active=True)
            elif mitigated:
                old.update(mitigated=True, active=False)
            elif accepted:
                old.update(accepted=True, active=False)
            else:
                touched.add(key)
        for key, old in self.known.items():
            if key not in touched and not old["mitigated"]:
                old.update(mitigated=True, active=False, accepted=False)

    def active(self):
        return {finding["id"] for finding in self.known.values() if finding["active"]}


class DefectDojoRule(Consumer):
    """A test for each host that keeps what it was told, by the rule in our words."""

    name = "defectdojo-rule"
    version = Rule.version

    def __init__(self):
        self.begin()

    def begin(self):
        self.tests = {}
        self.is_first = True

    def test(self, algorithm):
        return Rule(algorithm)

    def reimport(self, test, text, host):
        test.reimport(json.loads(text))

    def read(self, tool, state):
        for host in state.hosts:
            text = tool.export("defectdojo", "--host", host)
            sent = json.loads(text)["findings"]
            # Nobody knows whether these were mended: they stay active and are no failures.
            ceased = {one["unique_id_from_tool"] for one in sent if "logic-changed" in one["tags"]}
            failing = {one["unique_id_from_tool"] for one in sent if one["active"]} - ceased
            accepted = {one["unique_id_from_tool"] for one in sent if "accepted" in one["tags"]}
            yield from differ("active findings of the file", failing, state.failing(host))
            yield from differ("findings that are not accepted", failing - accepted, state.open(host))
            for algorithm in ALGORITHMS:
                keys = Counter(fingerprint(one, algorithm) for one in sent)
                yield from [f"{host!r}: two findings have one {algorithm}" for count in keys.values() if count > 1]
                test = self.tests.setdefault((host, algorithm), self.test(algorithm))
                self.reimport(test, text, host)
                yield from differ(f"active by {algorithm}", test.active(), state.failing(host) | ceased)
            if self.is_first:
                test = self.test("legacy")
                self.reimport(test, tool.export("defectdojo", "--defectdojo-accept", "--host", host), host)
                yield from differ(
                    "active of a first import with acceptance", test.active(), state.open(host) | ceased)
        self.is_first = False


class DefectDojo(DefectDojoRule):
    """The same, by the parser and the importer of DefectDojo."""

    name = "defectdojo"

    def __init__(self):
        checkout = BUILD / SOURCE
        if not checkout.is_dir():
            raise Skip(f"its code is not in {checkout.relative_to(BUILD.parents[1])}")
        self.importer = Importer(checkout)
        super().__init__()

    def test(self, algorithm):
        return Real(self.importer, algorithm, fingerprint)

    def reimport(self, test, text, host):
        # The upload names the service that the file has.
        services = [finding["service"] for finding in json.loads(text)["findings"]]
        test.reimport(text, services[0] if services else host)
