# Makes the Debian package from the release binary: deb.sh BINARY FOLDER puts it into FOLDER.
# The same binary and SOURCE_DATE_EPOCH give the same bytes. Needs debhelper.
set -eu
binary=$(readlink -f "$1")
mkdir -p "$2"
folder=$(readlink -f "$2")
top=$(readlink -f "$(dirname "$0")/..")
version=$("$binary" --version)
: "${SOURCE_DATE_EPOCH:=$(git -C "$top" log -1 --format=%ct)}"
export SOURCE_DATE_EPOCH

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
source=$work/benchtrail-$version
mkdir -p "$source/completions" "$source/man" "$source/docs"
umask 022
cp -r "$top/packaging/debian" "$source/debian"
cp "$binary" "$source/benchtrail"
cp "$top/README.md" "$top/NOTICE" "$source"
cp "$top"/docs/*.md "$source/docs"
cp -r "$top/contrib" "$source/contrib"
# In a package the program is in /usr/bin.
sed -i 's|/usr/local/bin/benchtrail|/usr/bin/benchtrail|g' "$source"/contrib/systemd/* "$source"/contrib/cron/*
cp "$source/contrib/systemd/benchtrail.service" "$source/debian/benchtrail.service"
cp "$source/contrib/systemd/benchtrail.timer" "$source/debian/benchtrail.timer"
cp "$source/contrib/systemd/benchtrail.sysusers" "$source/debian/benchtrail.sysusers"
(cd "$work" && "$binary" policy init > /dev/null) && mv "$work/benchtrail.yaml" "$source"
"$binary" --generate-completion-script bash > "$source/completions/benchtrail"
"$binary" --generate-completion-script zsh > "$source/completions/_benchtrail"
"$binary" --generate-completion-script fish > "$source/completions/benchtrail.fish"
sh "$top/packaging/manual.sh" "$binary" "$source/man"

# Debian wants these two in forms of its own.
{
  echo "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/"
  echo "Upstream-Name: BenchTrail"
  echo "Comment: What 'benchtrail --licenses' prints, without the text that Debian has:"
  "$binary" --licenses | awk '
    /^-+$/ { getline name; in_apache = name == "Apache-2.0"; if (!in_apache) print name; next }
    !in_apache' | sed 's/^$/./; s/^/ /'
  printf '\nFiles: *\nCopyright: 2026 the BenchTrail authors\nLicense: Apache-2.0\n'
  printf ' On Debian systems the whole text is in /usr/share/common-licenses/Apache-2.0.\n'
} > "$source/debian/copyright"
cat > "$source/debian/changelog" << EOF
benchtrail ($version) unstable; urgency=medium

  * See CHANGELOG.md of the project.

 -- The BenchTrail authors <maintainers@benchtrail.invalid>  $(LC_ALL=C date -u -R -d "@$SOURCE_DATE_EPOCH")
EOF
(cd "$source" && dpkg-buildpackage --build=binary --no-sign > "$work/log" 2>&1) || { cat "$work/log" >&2; exit 1; }
mv "$work"/*.deb "$folder"
ls "$folder"/*.deb
