# Installs the package into a bare Debian, uses it as a newcomer would, and removes it: check-deb.sh PACKAGE.deb
# Needs root, debootstrap and lintian. Prints what each part took.
set -eu
package=$(readlink -f "$1")
top=$(readlink -f "$(dirname "$0")/..")
suite=${SUITE:-bookworm}
root=$(mktemp -d)
trap 'umount "$root/proc" 2> /dev/null || true; rm -rf "$root"' EXIT

fail() {
  echo "check-deb: $1" >&2
  exit 1
}
inside() { chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/srv/user DEBIAN_FRONTEND=noninteractive "$@"; }
began=$(date +%s)
took() {
  now=$(date +%s)
  echo "$((now - began)) s: $1"
  began=$now
}

lintian --allow-root --fail-on error,warning "$package" || fail "lintian has found something"
took "lintian"

# The mirror that this machine uses.
mirror=$(apt-get indextargets --format '$(REPO_URI)' "Codename: $suite" "Created-By: Packages" | head -n 1)
debootstrap --variant=minbase "$suite" "$root" "$mirror" > "$root.log" 2>&1 || { cat "$root.log" >&2; fail "no bare Debian"; }
rm -f "$root.log"
mount -t proc proc "$root/proc"
mkdir "$root/srv/user"
cp "$package" "$root/srv/user/benchtrail.deb"
cp -r "$top/samples" "$root/srv/user/samples"
inside apt-get update -qq
took "a bare Debian"

inside apt-get install -y -qq /srv/user/benchtrail.deb > /dev/null 2>&1 || fail "apt can't install it"
inside benchtrail import /srv/user/samples/web-1 --host web-1 > /dev/null || fail "import"
inside benchtrail hosts > "$root/hosts"
grep -q '^web-1 ' "$root/hosts" || fail "the fleet is not shown"
took "installed, a log imported, the fleet shown"

inside benchtrail --licenses | grep -q GRDB || fail "no licences"
inside id benchtrail > /dev/null || fail "no user"
[ -s "$root/usr/share/man/man1/benchtrail-import.1.gz" ] || [ ! -d "$root/usr/share/man/man1" ] || fail "no man page"
[ ! -e "$root/etc/systemd/system/timers.target.wants/benchtrail.timer" ] || fail "the timer is enabled unasked"
inside apt-get purge -y -qq benchtrail > /dev/null 2>&1 || fail "apt can't remove it"
[ ! -e "$root/usr/bin/benchtrail" ] || fail "the program is left"
[ -s "$root/srv/user/.local/share/benchtrail/benchtrail.db" ] || fail "a user's database went with the package"
took "removed; the database of the user stays"
