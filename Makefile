# What a newcomer runs: make demo, make test. Both do all set-up, as root or with sudo.

SWIFT_FLAGS = --explicit-target-dependency-import-check error
# Without a path to look for libraries in, which packages must not have.
RELEASE = swift build -c release --static-swift-stdlib --disable-local-rpath --product
BINARY = .build/release/benchtrail
PREFIX ?= /usr/local

# Runs a command, and prints what it took under a name.
TIMED = sh -c 'began=$$(date +%s); "$$@"; code=$$?; echo "== $$0: $$(($$(date +%s) - began)) s"; exit $$code'

# The C libraries by the header that shows whether they are there.
HEADERS = sqlite3.h:libsqlite3-dev zlib.h:zlib1g-dev nettle/sha2.h:nettle-dev zstd.h:libzstd-dev

.PHONY: demo test test-asan test-tsan fuzz campaign campaign-setup build lint imports bench bench-setup browser-setup \
  consumers-setup consumers pictures gallery man install uninstall check-install static deb release check-release \
  release-setup setup clean

demo: build
	@rm -rf .build/demo && mkdir -p .build/demo
	@BENCHTRAIL_DB=.build/demo/benchtrail.db sh samples/demo.sh $(BINARY)

test: setup browser-setup consumers-setup
	@$(TIMED) "lint and import rules" $(MAKE) --no-print-directory lint imports
	@$(TIMED) build swift build --build-tests $(SWIFT_FLAGS)
	@$(TIMED) tests swift test --skip-build $(SWIFT_FLAGS)

# The tests with a sanitizer, each in a build of its own: SUITES=Reader runs those whose names match.
SUITES ?= .
test-asan: setup
	swift test --scratch-path .build-asan --sanitize address --filter '$(SUITES)'

test-tsan: setup
	swift test --scratch-path .build-tsan --sanitize thread --filter '$(SUITES)'

# One of the parts that read what others wrote, by libFuzzer: make fuzz TARGET=log SECONDS=60. What it finds is kept as
# .build-fuzz/crash-...; made small with FLAGS='-minimize_crash=1 FILE', it belongs to the seeds.
TARGET ?= log
SECONDS ?= 60
FLAGS ?= .build-fuzz/corpus/$(TARGET) Fuzz/Seeds/$(TARGET)
fuzz: setup
	swift build -c release --package-path Fuzz --scratch-path .build-fuzz --sanitize fuzzer
	@mkdir -p .build-fuzz/corpus/$(TARGET)
	FUZZ_TARGET=$(TARGET) .build-fuzz/release/fuzz -dict=Fuzz/Seeds/dictionary -timeout=2 -rss_limit_mb=512 \
	  -max_len=65536 -max_total_time=$(SECONDS) -artifact_prefix=.build-fuzz/ $(FLAGS)

# Hostile logs and names, faults of disk and process: minutes. Prints the figures of docs/reliability.md.
campaign: build campaign-setup
	@sh Tests/campaign/run $(BINARY)

campaign-setup:
	@missing=; command -v xmllint > /dev/null || missing="$$missing libxml2-utils"; \
	python3 -c 'import html5lib, yaml' 2> /dev/null || /usr/bin/python3 -c 'import html5lib, yaml' 2> /dev/null \
	  || missing="$$missing python3-html5lib python3-yaml"; \
	[ -z "$$missing" ] && exit 0; \
	if ! command -v apt-get > /dev/null; then echo "Missing:$$missing; install them and try again"; exit 1; fi; \
	sudo=; [ "$$(id -u)" = 0 ] || sudo=sudo; \
	$$sudo apt-get update -q && $$sudo apt-get install -y -q $$missing

build: setup
	$(RELEASE) benchtrail

lint:
	swift format lint --strict --parallel --recursive Package.swift Sources Tests Benchmarks Fuzz

# The core has no input, output or foundation: only then can it be tested by tables. Logs may be YAML.
imports:
	@! grep -rnE '^ *(package |public |internal |private |fileprivate )?import (Foundation|FoundationEssentials|GRDB|ArgumentParser)' \
	  Sources/BenchModel Sources/BenchParsing Sources/BenchCatalog Sources/BenchHistory Sources/BenchAnalysis \
	  Sources/BenchRemedy
	@! grep -rnE '^ *(package |public |internal |private |fileprivate )?import Yams' \
	  Sources/BenchModel Sources/BenchCatalog Sources/BenchHistory Sources/BenchAnalysis Sources/BenchRemedy

# Measures this program and the tools that do part of its work in turn, and prints ratios.
bench: setup bench-setup
	$(RELEASE) benchtrail
	$(RELEASE) measure-reading
	$(RELEASE) make-fleet
	sh Benchmarks/bench.sh

# What the measurements need beside the C libraries: the peer's shell, and an awk that knows time.
bench-setup:
	@missing=; command -v sqlite3 > /dev/null || missing="$$missing sqlite3"; \
	command -v gawk > /dev/null || missing="$$missing gawk"; \
	[ -z "$$missing" ] && exit 0; \
	if ! command -v apt-get > /dev/null; then echo "Missing:$$missing; install them and try again"; exit 1; fi; \
	sudo=; [ "$$(id -u)" = 0 ] || sudo=sudo; \
	$$sudo apt-get update -q && $$sudo apt-get install -y -q $$missing

# What the tests of the page need in a browser; where it can't be had, they are skipped.
browser-setup:
	@sh Tests/browser/setup.sh

# The programs that read our exports; those that can't be had are not tested.
consumers-setup:
	@sh Tests/consumers/setup.sh

# What they show as open of our exports, beside what is.
consumers: setup consumers-setup
	swift build $(SWIFT_FLAGS) --product benchtrail
	@Tests/consumers/run .build/debug/benchtrail

# Pictures of the report, in .build/pictures.
pictures: build browser-setup
	@sh Tests/browser/pictures.sh $(BINARY) .build/pictures

# A page that shows each component of the report.
gallery: setup
	@mkdir -p .build/gallery
	swift run $(SWIFT_FLAGS) make-gallery > .build/gallery/index.html && echo .build/gallery/index.html

# The man pages of all commands, and that of benchtrail.yaml, in .build/man.
man: build
	@rm -rf .build/man && mkdir -p .build/man
	@sh packaging/manual.sh $(BINARY) .build/man && ls .build/man

# The binary without its symbols, completions for bash, zsh and fish, and man pages.
install: build
	@DESTDIR='$(DESTDIR)' PREFIX='$(PREFIX)' sh packaging/install.sh install $(BINARY)

uninstall:
	@DESTDIR='$(DESTDIR)' PREFIX='$(PREFIX)' sh packaging/install.sh uninstall

check-install: build
	@sh packaging/check.sh $(BINARY)

# A program that needs no library of the system, in .build/static.
static: build
	@sh packaging/static.sh .build/static

# The Debian package, in .build/package.
deb: build release-setup
	@sh packaging/deb.sh $(BINARY) .build/package

# What a release has, in .build/release-files; docs/releasing.md has the steps.
release: static release-setup
	@sh packaging/release.sh .build/release-files

check-release: release-setup
	@sh packaging/check-release.sh .build/release-files

# What packages are made and tried with.
release-setup:
	@missing=; for pair in dh:debhelper lintian:lintian debootstrap:debootstrap bwrap:bubblewrap; do \
	  command -v $${pair%%:*} > /dev/null || missing="$$missing $${pair##*:}"; \
	done; \
	[ -z "$$missing" ] && exit 0; \
	sudo=; [ "$$(id -u)" = 0 ] || sudo=sudo; \
	$$sudo apt-get update -q && $$sudo apt-get install -y -q $$missing

setup:
	@command -v swift > /dev/null || { \
	  echo "Swift 6.2 or later is missing: see https://www.swift.org/install"; exit 1; }
	@missing=; for pair in $(HEADERS); do \
	  header=$${pair%%:*}; \
	  [ -f /usr/include/$$header ] || [ -f /usr/local/include/$$header ] \
	    || missing="$$missing $${pair##*:}"; \
	done; \
	[ -z "$$missing" ] && exit 0; \
	if ! command -v apt-get > /dev/null; then \
	  echo "Missing C libraries:$$missing (their names on Debian); install them and try again"; exit 1; fi; \
	if [ "$$(id -u)" = 0 ]; then sudo=; \
	elif command -v sudo > /dev/null; then sudo=sudo; \
	else echo "Missing C libraries:$$missing; install them as root: apt-get install$$missing"; exit 1; fi; \
	echo "Installing$$missing"; \
	$$sudo apt-get update -q && $$sudo apt-get install -y -q $$missing

clean:
	rm -rf .build .build-*
