# Makes what a release has, in FOLDER: release.sh FOLDER. The tree must be clean; the same commit gives the same bytes.
#   benchtrail_VERSION_ARCH.deb, benchtrail-VERSION-linux-ARCH.tar.gz (static), benchtrail-VERSION-oci.tar,
#   benchtrail-VERSION.spdx.json, SHA256SUMS
set -eu
top=$(readlink -f "$(dirname "$0")/..")
dynamic=$top/.build/release/benchtrail
static=$top/.build/static/benchtrail
rm -rf "$1"
mkdir -p "$1"
folder=$(readlink -f "$1")
cd "$top"

if [ -n "$(git status --porcelain)" ]; then
  echo "The tree has changes that are not committed; a release is made of a commit." >&2
  exit 1
fi
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
export SOURCE_DATE_EPOCH
version=$("$dynamic" --version)
machine=$(uname -m)

sh packaging/deb.sh "$dynamic" "$folder" > /dev/null

# The tarball: the static program with what 'make install' installs beside it.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
name=benchtrail-$version-linux-$machine
PREFIX=/usr DESTDIR=$work/root sh packaging/install.sh install "$static" > /dev/null
mkdir "$work/$name"
mv "$work/root/usr/bin" "$work/root/usr/share" "$work/$name"
rm -r "$work/$name/share/benchtrail"
cp README.md CHANGELOG.md LICENSE NOTICE "$work/$name"
"$static" --licenses > "$work/$name/LICENSES.txt"
tar -C "$work" --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$SOURCE_DATE_EPOCH" --format=ustar -cf - "$name" \
  | gzip -9n > "$folder/$name.tar.gz"

python3 packaging/image.py "$work/$name/bin/benchtrail" "$version" "$SOURCE_DATE_EPOCH" "$folder/benchtrail-$version-oci.tar"
cd "$folder"
python3 "$top/packaging/sbom.py" "$version" "$SOURCE_DATE_EPOCH" ./* > "$work/sbom"
mv "$work/sbom" "benchtrail-$version.spdx.json"
sha256sum ./* > "$work/sums"
mv "$work/sums" SHA256SUMS
chmod 644 ./*
ls -l
