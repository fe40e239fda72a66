# Installs into an empty folder, looks at what is there, and takes it away again. Takes the binary's path.
set -eu
binary=$1
here=$(dirname "$0")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export DESTDIR="$work/root with blank" PREFIX=/opt/tools
at=$DESTDIR$PREFIX

fail() {
  echo "check-install: $1" >&2
  exit 1
}

sh "$here/install.sh" install "$binary" > /dev/null
# Twice, as by an update.
sh "$here/install.sh" install "$binary" > /dev/null
[ "$("$at/bin/benchtrail" --version)" = "$("$binary" --version)" ] || fail "the binary does not run"
[ "$(wc -c < "$at/bin/benchtrail")" -lt "$(wc -c < "$binary")" ] || fail "the binary is not stripped"
if command -v bash > /dev/null; then
  bash -c 'source "$1" && complete -p benchtrail > /dev/null' - \
    "$at/share/bash-completion/completions/benchtrail" || fail "bash does not take its completions"
fi
if command -v zsh > /dev/null; then
  zsh -n "$at/share/zsh/site-functions/_benchtrail" || fail "zsh does not take its completions"
fi
if command -v fish > /dev/null; then
  fish -n "$at/share/fish/vendor_completions.d/benchtrail.fish" \
    || fail "fish does not take its completions"
fi
for page in benchtrail benchtrail-import benchtrail-runs benchtrail-policy-audit; do
  [ -s "$at/share/man/man1/$page.1" ] || fail "there is no man page $page"
  for section in "EXIT STATUS" ENVIRONMENT FILES; do
    grep -qx "[.]SH $section" "$at/share/man/man1/$page.1" || fail "$page has no section $section"
  done
done
[ -s "$at/share/man/man5/benchtrail.yaml.5" ] || fail "there is no man page benchtrail.yaml"
if command -v man > /dev/null; then
  for page in "$at"/share/man/man[1-8]/*; do
    problems=$(man -l --warnings "$page" 2>&1 > /dev/null)
    [ -z "$problems" ] || fail "$page: $problems"
  done
fi
(cd "$DESTDIR" && find . -type f | sort)

# A file of somebody else's stays, with its folder.
touch "$at/share/fish/other"
sh "$here/install.sh" uninstall
[ "$(cd "$at" && find . -type f)" = ./share/fish/other ] || fail "uninstall left or took too much"
rm -rf "$DESTDIR"

sh "$here/install.sh" install "$binary" > /dev/null
sh "$here/install.sh" uninstall
[ -z "$(ls -A "$DESTDIR")" ] || fail "uninstall left $(cd "$DESTDIR" && find . | tr '\n' ' ')"
echo "check-install: all is well"
