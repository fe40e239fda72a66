# Installs benchtrail with its completions and man pages, or takes away what was installed.
#   install.sh install BINARY     install.sh uninstall
# PREFIX and DESTDIR say where, as for make. What was made is noted in PREFIX/share/benchtrail/installed, folders too.
set -eu
prefix=${PREFIX:-/usr/local}
destination=${DESTDIR:-}
case $prefix in
  /*) ;;
  *) echo "PREFIX must be a path from the root: $prefix" >&2; exit 64 ;;
esac
list=$prefix/share/benchtrail/installed

note() {
  grep -qxF -- "$1" "$noted" || echo "$1" >> "$noted"
}

folder() {
  [ -d "$destination$1" ] && return
  folder "$(dirname "$1")"
  mkdir -m 755 "$destination$1"
  note "$1/"
}

put() {
  folder "$(dirname "$3")"
  note "$3"
  install -m "$1" "$2" "$destination$3"
}

install_all() {
  benchtrail=$1
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  noted=$work/noted
  # What an earlier version left is still to be taken away some day.
  if [ -f "$destination$list" ]; then cp "$destination$list" "$noted"; else : > "$noted"; fi
  if ! strip -o "$work/benchtrail" "$benchtrail" 2> /dev/null; then
    echo "strip is missing: the binary is installed with its symbols" >&2
    cp "$benchtrail" "$work/benchtrail"
  fi
  for shell in bash zsh fish; do
    "$benchtrail" --generate-completion-script $shell > "$work/$shell"
  done
  mkdir "$work/man"
  sh "$(dirname "$0")/manual.sh" "$benchtrail" "$work/man"

  [ -z "$destination" ] || mkdir -p "$destination"
  put 755 "$work/benchtrail" "$prefix/bin/benchtrail"
  put 644 "$work/bash" "$prefix/share/bash-completion/completions/benchtrail"
  put 644 "$work/zsh" "$prefix/share/zsh/site-functions/_benchtrail"
  put 644 "$work/fish" "$prefix/share/fish/vendor_completions.d/benchtrail.fish"
  for page in "$work"/man/*.[1-8]; do
    put 644 "$page" "$prefix/share/man/man${page##*.}/$(basename "$page")"
  done
  folder "$(dirname "$list")"
  note "$list"
  install -m 644 "$noted" "$destination$list"
  echo "benchtrail is in $destination$prefix/bin, its completions and man pages in $destination$prefix/share"
}

# The last that was made goes first, so that a folder is empty when its turn comes. One with other files stays.
uninstall_all() {
  if [ ! -f "$destination$list" ]; then
    echo "nothing to take away: $destination$list is missing" >&2
    exit 1
  fi
  paths=$(sed '1!G;h;$!d' "$destination$list")
  printf '%s\n' "$paths" | grep -v '/$' | while IFS= read -r path; do
    rm -f -- "$destination$path"
  done
  printf '%s\n' "$paths" | { grep '/$' || true; } | while IFS= read -r path; do
    rmdir -- "$destination$path" 2> /dev/null || true
  done
}

case ${1-} in
  install) install_all "$2" ;;
  uninstall) uninstall_all ;;
  *) echo "install.sh install BINARY, or install.sh uninstall" >&2; exit 64 ;;
esac
