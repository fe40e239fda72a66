#!/bin/sh
# Installs what the tests of the HTML report need in a browser, and the Python packages of Tests/consumers and
# Tests/recipes. Where something can't be installed it says so in one line and exits with 0: the tests are skipped then,
# the build goes on.
set -u
cd "$(dirname "$0")/../.." || exit 0
venv=.build/browser-venv
log=.build/browser-setup.log
# Only its axe.min.js is used, so that its dependencies stay away.
axe=axe-playwright-python==0.1.8

give_up() {
  echo "No browser tests: $*"
  exit 0
}

command -v python3 > /dev/null || give_up "python3 is missing"

missing=
command -v chromium > /dev/null || missing="$missing chromium"
command -v chromedriver > /dev/null || missing="$missing chromium-driver"
command -v tidy > /dev/null || missing="$missing tidy"
[ -x $venv/bin/python ] || python3 -c 'import ensurepip, venv' 2> /dev/null || missing="$missing python3-venv"
if [ -n "$missing" ]; then
  command -v apt-get > /dev/null || give_up "missing:$missing (their names on Debian); install them"
  sudo=
  if [ "$(id -u)" != 0 ]; then
    # Nobody is asked for a password for what is optional.
    sudo -n true 2> /dev/null || give_up "missing:$missing; install them as root"
    sudo='sudo -n'
  fi
  echo "Installing$missing for the browser tests"
  mkdir -p .build
  { $sudo apt-get update -q && DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -q --no-install-recommends \
    $missing; } > $log 2>&1 < /dev/null || give_up "apt-get could not install$missing, see $log"
fi

# The copy of the list in the environment is written last: with it, all of the list is there.
if ! { cat Tests/browser/requirements.txt; echo $axe; } | cmp -s - $venv/requirements.txt; then
  echo "Making $venv for the browser tests"
  rm -rf $venv
  mkdir -p .build
  pip="$venv/bin/pip install -q --disable-pip-version-check --retries 1 --timeout 20"
  { python3 -m venv $venv && $pip -r Tests/browser/requirements.txt && $pip --no-deps $axe; } > $log 2>&1 \
    || { rm -rf $venv; give_up "the Python packages could not be installed, see $log"; }
  { cat Tests/browser/requirements.txt; echo $axe; } > $venv/requirements.txt
fi
exit 0
