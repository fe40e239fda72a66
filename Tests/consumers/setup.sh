#!/bin/sh
# Installs the programs that read our exports, for Tests/consumers/run. What can't be installed it says in one line each and
# exits with 0: the tests of that program are skipped then, the build goes on.
set -u
cd "$(dirname "$0")/../.." || exit 0
venv=.build/consumers-venv
folder=.build/consumers
log=.build/consumers-setup.log
inspecjs=2.12.6
# The commit that Tests/consumers/defectdojo.py names.
defectdojo=$(sed -n 's/^COMMIT = "\(.*\)"$/\1/p' Tests/consumers/defectdojo.py)
mkdir -p $folder
: > $log

without() {
  echo "No tests of $1: $2, see $log"
}

# Nobody is asked for a password for what is optional.
as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
} >> $log 2>&1 < /dev/null

# The copy of the list in the environment is written last: with it, all of the list is there.
if ! cmp -s Tests/consumers/requirements.txt $venv/requirements.txt; then
  echo "Making $venv for the programs that read exports"
  rm -rf $venv
  if { python3 -m venv $venv && $venv/bin/pip install -q --disable-pip-version-check --retries 1 --timeout 20 \
    -r Tests/consumers/requirements.txt; } >> $log 2>&1; then
    cp Tests/consumers/requirements.txt $venv/
  else
    rm -rf $venv
    without "the programs that read exports" "the Python packages could not be installed"
    exit 0
  fi
fi

# Unpacked, not installed: Debian's packages would start servers.
unpack() {
  command -v "$2" > /dev/null || [ -x "$folder/debian/usr/bin/$2" ] && return
  echo "Unpacking $1 into $folder/debian"
  if ! command -v apt-get > /dev/null; then without "$2" "there is no apt-get"; return; fi
  (cd $folder && { apt-get download -q "$1" || { as_root apt-get update -q && apt-get download -q "$1"; } } \
    && dpkg-deb -x "$1"_*.deb debian && rm -f "$1"_*.deb) >> $log 2>&1 < /dev/null || without "$2" "$1 could not be had"
}
unpack prometheus promtool
unpack prometheus-node-exporter prometheus-node-exporter

if ! command -v soffice > /dev/null; then
  echo "Installing libreoffice-calc-nogui"
  if ! command -v apt-get > /dev/null || ! as_root apt-get update -q \
    || ! as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends libreoffice-calc-nogui; then
    without LibreOffice "apt-get could not install libreoffice-calc-nogui"
  fi
fi

if [ ! -e $folder/node_modules/inspecjs/package.json ]; then
  if ! command -v npm > /dev/null; then
    without inspecjs "there is no npm"
  elif ! npm install --prefix $folder --no-save --no-audit --no-fund --ignore-scripts --fetch-retries 0 \
    inspecjs@$inspecjs >> $log 2>&1 < /dev/null; then
    without inspecjs "npm could not install it"
  fi
fi

# Only parser and importer, of this commit.
if [ ! -e $folder/django-DefectDojo/"$defectdojo" ]; then
  rm -rf $folder/django-DefectDojo
  if git init -q $folder/django-DefectDojo && (cd $folder/django-DefectDojo \
    && git remote add origin https://github.com/DefectDojo/django-DefectDojo \
    && GIT_TERMINAL_PROMPT=0 git fetch -q --depth 1 --filter=blob:none origin "$defectdojo" \
    && git checkout -q FETCH_HEAD -- dojo/importers dojo/tools/generic dojo/tools/parser_test.py dojo/finding/cwe.py \
    && : > "$defectdojo") >> $log 2>&1 < /dev/null; then
    :
  else
    rm -rf $folder/django-DefectDojo
    without DefectDojo "its code could not be fetched"
  fi
fi
exit 0
