#include "CEmbedded.h"

// C23's #embed costs nothing at build time, and the build notices when a file changes.

static const unsigned char controls[] = {
#embed "../../catalog/controls.tsv"
};
static const unsigned char risks[] = {
#embed "../../catalog/risks.tsv"
};
static const unsigned char advice[] = {
#embed "../../catalog/advice.tsv"
};
static const unsigned char fixes[] = {
#embed "../../catalog/fixes.tsv"
};
static const unsigned char sources[] = {
#embed "../../catalog/sources.tsv"
};
static const unsigned char names[] = {
#embed "../../catalog/names.tsv"
};
static const unsigned char random_names[] = {
#embed "../../catalog/random-names.tsv"
};
static const unsigned char months[] = {
#embed "../../catalog/dates/months.tsv"
};
static const unsigned char zones[] = {
#embed "../../catalog/dates/zones.tsv"
};
static const unsigned char frameworks[] = {
#embed "../../catalog/frameworks/frameworks.tsv"
};
static const unsigned char framework_requirements[] = {
#embed "../../catalog/frameworks/requirements.tsv"
};
static const unsigned char framework_controls[] = {
#embed "../../catalog/frameworks/controls.tsv"
};
static const unsigned char docker_threats[] = {
#embed "../../catalog/threats/docker.yaml"
};
static const unsigned char kubernetes_threats[] = {
#embed "../../catalog/threats/kubernetes.yaml"
};
static const unsigned char db_checks[] = {
#embed "../../catalog/docker-bench/checks.tsv"
};
static const unsigned char db_criteria[] = {
#embed "../../catalog/docker-bench/criteria.tsv"
};
static const unsigned char db_releases[] = {
#embed "../../catalog/docker-bench/releases.tsv"
};
static const unsigned char db_editions[] = {
#embed "../../catalog/docker-bench/editions.tsv"
};
static const unsigned char db_parts[] = {
#embed "../../catalog/docker-bench/parts.tsv"
};
static const unsigned char kb_checks[] = {
#embed "../../catalog/kube-bench/checks.tsv"
};
static const unsigned char kb_criteria[] = {
#embed "../../catalog/kube-bench/criteria.tsv"
};
static const unsigned char kb_marks[] = {
#embed "../../catalog/kube-bench/marks.tsv"
};
static const unsigned char kb_releases[] = {
#embed "../../catalog/kube-bench/releases.tsv"
};
static const unsigned char kb_editions[] = {
#embed "../../catalog/kube-bench/editions.tsv"
};
static const unsigned char kb_distributions[] = {
#embed "../../catalog/kube-bench/distributions.tsv"
};
static const unsigned char kb_distribution_fixes[] = {
#embed "../../catalog/kube-bench/distribution-fixes.tsv"
};
static const unsigned char kb_fix_versions[] = {
#embed "../../catalog/kube-bench/fix-versions.tsv"
};
static const unsigned char kb_paths[] = {
#embed "../../catalog/kube-bench/paths.tsv"
};
static const unsigned char dbs_checks[] = {
#embed "../../catalog/docker-bench-security/checks.tsv"
};
static const unsigned char dbs_criteria[] = {
#embed "../../catalog/docker-bench-security/criteria.tsv"
};
static const unsigned char dbs_details[] = {
#embed "../../catalog/docker-bench-security/details.tsv"
};
static const unsigned char dbs_features[] = {
#embed "../../catalog/docker-bench-security/features.tsv"
};
static const unsigned char dbs_headings[] = {
#embed "../../catalog/docker-bench-security/headings.tsv"
};
static const unsigned char dbs_versions[] = {
#embed "../../catalog/docker-bench-security/versions.tsv"
};
static const unsigned char component_verdict[] = {
#embed "../../templates/components/verdict.mustache"
};
static const unsigned char component_tiles[] = {
#embed "../../templates/components/tiles.mustache"
};
static const unsigned char component_worse[] = {
#embed "../../templates/components/worse.mustache"
};
static const unsigned char component_threats[] = {
#embed "../../templates/components/threats.mustache"
};
static const unsigned char component_heat[] = {
#embed "../../templates/components/heat.mustache"
};
static const unsigned char component_steps[] = {
#embed "../../templates/components/steps.mustache"
};
static const unsigned char component_findings[] = {
#embed "../../templates/components/findings.mustache"
};
static const unsigned char component_folded[] = {
#embed "../../templates/components/folded.mustache"
};
static const unsigned char page_template[] = {
#embed "../../templates/page.mustache"
};
static const unsigned char page_style[] = {
#embed "../../templates/style.css"
};
static const unsigned char page_script[] = {
#embed "../../templates/script.js"
};
static const unsigned char licenses_components[] = {
#embed "../../LICENSES/components.tsv"
};
static const unsigned char license_apache[] = {
#embed "../../LICENSES/Apache-2.0.txt"
};
static const unsigned char license_swift[] = {
#embed "../../LICENSES/Swift-exception.txt"
};
static const unsigned char license_mit[] = {
#embed "../../LICENSES/MIT.txt"
};
static const unsigned char license_unicode[] = {
#embed "../../LICENSES/Unicode-3.0.txt"
};
static const unsigned char migration_0001[] = {
#embed "../../migrations/sqlite/0001-runs.sql"
};
static const unsigned char migration_0002[] = {
#embed "../../migrations/sqlite/0002-scope.sql"
};
static const unsigned char migration_0003[] = {
#embed "../../migrations/sqlite/0003-order.sql"
};
static const unsigned char migration_0004[] = {
#embed "../../migrations/sqlite/0004-evidence.sql"
};
static const unsigned char migration_0005[] = {
#embed "../../migrations/sqlite/0005-standing.sql"
};
static const unsigned char migration_0006[] = {
#embed "../../migrations/sqlite/0006-counts.sql"
};
static const unsigned char migration_0007[] = {
#embed "../../migrations/sqlite/0007-decisions.sql"
};
static const unsigned char migration_0008[] = {
#embed "../../migrations/sqlite/0008-chain.sql"
};

static const EmbeddedFile embedded_files[] = {
    {"catalog/controls.tsv", controls, sizeof controls},
    {"catalog/risks.tsv", risks, sizeof risks},
    {"catalog/advice.tsv", advice, sizeof advice},
    {"catalog/fixes.tsv", fixes, sizeof fixes},
    {"catalog/sources.tsv", sources, sizeof sources},
    {"catalog/names.tsv", names, sizeof names},
    {"catalog/random-names.tsv", random_names, sizeof random_names},
    {"catalog/dates/months.tsv", months, sizeof months},
    {"catalog/dates/zones.tsv", zones, sizeof zones},
    {"catalog/frameworks/frameworks.tsv", frameworks, sizeof frameworks},
    {"catalog/frameworks/requirements.tsv", framework_requirements, sizeof framework_requirements},
    {"catalog/frameworks/controls.tsv", framework_controls, sizeof framework_controls},
    {"catalog/threats/docker.yaml", docker_threats, sizeof docker_threats},
    {"catalog/threats/kubernetes.yaml", kubernetes_threats, sizeof kubernetes_threats},
    {"catalog/docker-bench/checks.tsv", db_checks, sizeof db_checks},
    {"catalog/docker-bench/criteria.tsv", db_criteria, sizeof db_criteria},
    {"catalog/docker-bench/releases.tsv", db_releases, sizeof db_releases},
    {"catalog/docker-bench/editions.tsv", db_editions, sizeof db_editions},
    {"catalog/docker-bench/parts.tsv", db_parts, sizeof db_parts},
    {"catalog/kube-bench/checks.tsv", kb_checks, sizeof kb_checks},
    {"catalog/kube-bench/criteria.tsv", kb_criteria, sizeof kb_criteria},
    {"catalog/kube-bench/marks.tsv", kb_marks, sizeof kb_marks},
    {"catalog/kube-bench/releases.tsv", kb_releases, sizeof kb_releases},
    {"catalog/kube-bench/editions.tsv", kb_editions, sizeof kb_editions},
    {"catalog/kube-bench/distributions.tsv", kb_distributions, sizeof kb_distributions},
    {"catalog/kube-bench/distribution-fixes.tsv", kb_distribution_fixes, sizeof kb_distribution_fixes},
    {"catalog/kube-bench/fix-versions.tsv", kb_fix_versions, sizeof kb_fix_versions},
    {"catalog/kube-bench/paths.tsv", kb_paths, sizeof kb_paths},
    {"catalog/docker-bench-security/checks.tsv", dbs_checks, sizeof dbs_checks},
    {"catalog/docker-bench-security/criteria.tsv", dbs_criteria, sizeof dbs_criteria},
    {"catalog/docker-bench-security/details.tsv", dbs_details, sizeof dbs_details},
    {"catalog/docker-bench-security/features.tsv", dbs_features, sizeof dbs_features},
    {"catalog/docker-bench-security/headings.tsv", dbs_headings, sizeof dbs_headings},
    {"catalog/docker-bench-security/versions.tsv", dbs_versions, sizeof dbs_versions},
    {"templates/components/verdict.mustache", component_verdict, sizeof component_verdict},
    {"templates/components/tiles.mustache", component_tiles, sizeof component_tiles},
    {"templates/components/worse.mustache", component_worse, sizeof component_worse},
    {"templates/components/threats.mustache", component_threats, sizeof component_threats},
    {"templates/components/heat.mustache", component_heat, sizeof component_heat},
    {"templates/components/steps.mustache", component_steps, sizeof component_steps},
    {"templates/components/findings.mustache", component_findings, sizeof component_findings},
    {"templates/components/folded.mustache", component_folded, sizeof component_folded},
    {"templates/page.mustache", page_template, sizeof page_template},
    {"templates/style.css", page_style, sizeof page_style},
    {"templates/script.js", page_script, sizeof page_script},
    {"LICENSES/components.tsv", licenses_components, sizeof licenses_components},
    {"LICENSES/Apache-2.0.txt", license_apache, sizeof license_apache},
    {"LICENSES/Swift-exception.txt", license_swift, sizeof license_swift},
    {"LICENSES/MIT.txt", license_mit, sizeof license_mit},
    {"LICENSES/Unicode-3.0.txt", license_unicode, sizeof license_unicode},
    {"migrations/sqlite/0001-runs.sql", migration_0001, sizeof migration_0001},
    {"migrations/sqlite/0002-scope.sql", migration_0002, sizeof migration_0002},
    {"migrations/sqlite/0003-order.sql", migration_0003, sizeof migration_0003},
    {"migrations/sqlite/0004-evidence.sql", migration_0004, sizeof migration_0004},
    {"migrations/sqlite/0005-standing.sql", migration_0005, sizeof migration_0005},
    {"migrations/sqlite/0006-counts.sql", migration_0006, sizeof migration_0006},
    {"migrations/sqlite/0007-decisions.sql", migration_0007, sizeof migration_0007},
    {"migrations/sqlite/0008-chain.sql", migration_0008, sizeof migration_0008},
};
const size_t embedded_file_count = sizeof embedded_files / sizeof embedded_files[0];

const EmbeddedFile *firstEmbeddedFile(void) { return embedded_files; }
