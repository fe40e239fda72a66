"""The parser and the importer of a checkout of DefectDojo, over findings that are kept in memory.

What the importer asks a database, a queue or a notification for is a stand-in.
"""

import importlib
import importlib.machinery
import importlib.util
import itertools
import sys
import types
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path


class Importer:
    """The classes of a checkout of DefectDojo, as far as a reimport needs them."""

    REAL = ["dojo.importers.default_reimporter", "dojo.importers.base_importer", "dojo.tools.generic.json_parser",
            "dojo.tools.generic.csv_parser", "dojo.tools.generic.parser", "dojo.tools.parser_test", "dojo.finding.cwe"]

    def __init__(self, checkout):
        # The parser relies on another module to import it.
        importlib.import_module("dateutil.parser")
        # Python 3.12 has it.
        if not hasattr(itertools, "batched"):
            itertools.batched = lambda values, size, strict=False: [
                values[start:start + size] for start in range(0, len(values), size)]
        sys.meta_path.insert(0, StandIns(self.REAL, Path(checkout)))
        self.parser = importlib.import_module("dojo.tools.generic.parser").GenericParser()
        self.reimporter = importlib.import_module("dojo.importers.default_reimporter").DefaultReImporter


class StandIns:
    """Finds the modules that are real in a checkout, and stands in for all others of Django and DefectDojo."""

    def __init__(self, real, checkout):
        self.real = real
        self.checkout = checkout

    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] not in ("dojo", "django", "cvss"):
            return None
        if name in self.real:
            file = self.checkout / (name.replace(".", "/") + ".py")
            return importlib.util.spec_from_file_location(name, file)
        return importlib.machinery.ModuleSpec(name, self, is_package=True)

    def create_module(self, spec):
        module = StandIn(spec.name)
        if spec.name == "dojo.models":
            module.Finding = Finding
        if spec.name == "dojo.importers.options":
            module.ImporterOptions = type("ImporterOptions", (), {})
        if spec.name == "dojo.finding.deduplication":
            module.deduplication_ordering_key = lambda finding: (finding.hash_code or "", finding.title)
        if spec.name == "django.conf":
            module.settings = types.SimpleNamespace(V3_FEATURE_LOCATIONS=False)
        return module

    def exec_module(self, module):
        pass


class StandIn(types.ModuleType):
    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        if name == "SEVERITIES":
            return list(Finding.SEVERITIES)
        return type(name, (Nothing,), {}) if name[0].isupper() else Nothing()


class Nothing:
    """Takes every call and answers with itself: what no outcome depends on."""

    def __init__(self, *_, **__):
        pass

    def __getattr__(self, name):
        return self

    def __call__(self, *_, **__):
        return self

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return None

    def __iter__(self):
        return iter(())

    def __bool__(self):
        return False


class Finding:
    """DefectDojo's model of a finding, without its database."""

    SEVERITIES = {"Info": 4, "Low": 3, "Medium": 2, "High": 1, "Critical": 0}
    # The lengths of the model's columns.
    LIMITS = {"title": 511, "service": 200, "component_name": 500, "unique_id_from_tool": 500, "vuln_id_from_tool": 500}
    saved = 0

    def __init__(self, **values):
        defaults = dict.fromkeys(
            ["id", "cve", "cwe", "line", "file_path", "service", "mitigated", "mitigated_by", "component_name", "hash_code",
             "component_version", "fix_available", "fix_version", "unique_id_from_tool", "vuln_id_from_tool", "finding_group"])
        flags = dict.fromkeys(["false_p", "out_of_scope", "risk_accepted", "is_mitigated", "duplicate", "dynamic_finding"], False)
        self.__dict__.update(defaults | flags | {"active": True, "verified": False} | values)
        self.notes = Nothing()
        self.unsaved_tags = []
        self.unsaved_vulnerability_ids = []

    def __hash__(self):
        return id(self)

    def __eq__(self, other):
        return self is other

    @property
    def pk(self):
        return self.id

    @staticmethod
    def get_numerical_severity(severity):
        return f"S{Finding.SEVERITIES[severity]}"

    def get_sla_configuration(self):
        return types.SimpleNamespace(restart_sla_on_reactivation=False)

    def save_no_options(self):
        for column, limit in self.LIMITS.items():
            if len(getattr(self, column) or "") > limit:
                raise ValueError(f"{column} is longer than {limit}")
        if self.id is None:
            Finding.saved += 1
            self.id = Finding.saved

    def save(self, **options):
        self.save_no_options()


class Real:
    """A test in DefectDojo, run by its own code."""

    def __init__(self, importer, algorithm, fingerprint):
        self.algorithm = algorithm
        self.parser = importer.parser
        self.findings = findings = []

        class Memory(importer.reimporter):
            """What the importer asks the database for, it gets from here."""

            def __init__(self):
                pass

            def determine_deduplication_algorithm(self):
                return algorithm

            def get_original_findings(self):
                return [finding for finding in findings if finding.service == self.service]

            def calculate_unsaved_finding_hash_code(self, finding):
                return fingerprint(vars(finding), "hash_code")

            def get_reimport_match_candidates_for_batch(self, batch):
                candidates = ({}, {}, {})
                for finding in findings:
                    self.add_new_finding_to_candidates(finding, *candidates)
                return candidates

            def process_finding_that_was_not_matched(self, finding):
                answer = super().process_finding_that_was_not_matched(finding)
                findings.append(finding)
                return answer

            def finding_post_processing(self, finding, *_, **__):
                return finding

            def process_cve(self, finding):
                return finding

            def _sync_close_old_finding_status_fields(self, found):
                return list(found)

            def __getattr__(self, name):
                # The options of an import by the API that names none.
                if name in ("active", "verified", "service", "group_by", "jira_instance"):
                    return None
                if name.startswith(("pending_", "unsaved_")):
                    return []
                return Nothing()

        self.reimporter = Memory

    def reimport(self, text, service):
        file = StringIO(text)
        file.name = "findings.json"
        parsed = self.parser.get_tests("Generic Findings Import", file)[0].findings
        run = self.reimporter()
        run.service = service
        run.minimum_severity = "Info"
        run.close_old_findings_toggle = True
        run.do_not_reactivate = run.push_to_jira = run.findings_groups_enabled = run.scan_date_override = False
        run.now = run.scan_date = datetime.now(UTC)
        for flush in ("flush_vulnerability_ids", "flush_burp_request_response", "apply_import_tags_for_batch",
                      "process_groups_for_all_findings", "process_request_response_pairs"):
            setattr(run, flush, lambda *_, **__: None)
        *_, old, _ = run.process_findings(parsed)
        run.close_old_findings(old)

    def active(self):
        return {finding.unique_id_from_tool for finding in self.findings if finding.active}
