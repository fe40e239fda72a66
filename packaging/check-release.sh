# Tries each file of a release as its users would: check-release.sh FOLDER. Needs root, debootstrap, lintian, bubblewrap, python3.
set -eu
folder=$(readlink -f "$1")
top=$(readlink -f "$(dirname "$0")/..")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() {
  echo "check-release: $1" >&2
  exit 1
}

(cd "$folder" && sha256sum --check --quiet SHA256SUMS) || fail "a digest differs"
echo "digests: as SHA256SUMS says"

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q 'spdx-tools==0.8.3'
"$work/venv/bin/pyspdxtools" -i "$folder"/*.spdx.json || fail "the bill of materials is not valid"
echo "bill of materials: valid SPDX"

# Nothing but the program and a log.
mkdir -p "$work/empty/samples" "$work/empty/proc"
tar -xzf "$folder"/*.tar.gz -C "$work"
cp "$work"/benchtrail-*/bin/benchtrail "$work/empty"
cp -r "$top/samples/web-1" "$work/empty/samples"
# Swift's runtime asks /proc for its own path.
mount -t proc proc "$work/empty/proc"
trap 'umount "$work/empty/proc"; rm -rf "$work"' EXIT
chroot "$work/empty" /benchtrail --db /x.db import /samples/web-1 --host web-1 > "$work/out" || fail "the static program can't import"
chroot "$work/empty" /benchtrail --db /x.db hosts | grep -q '^web-1 ' || fail "the static program shows no fleet"
umount "$work/empty/proc"
trap 'rm -rf "$work"' EXIT
echo "static program: imports and answers in a folder without any library"

# The image: no network, the root read-only, no right but to its own folder.
mkdir -p "$work/image" "$work/root" "$work/data" "$work/logs"
tar -xf "$folder"/*-oci.tar -C "$work/image"
python3 "$top/packaging/unpack-image.py" "$work/image" "$work/root"
cp -r "$top/samples/web-1" "$work/logs"
chown -R 65532:65532 "$work/data"
chmod 755 "$work"
in_image() {
  bwrap --unshare-all --uid 65532 --gid 65532 --cap-drop ALL --clearenv --setenv LC_ALL C.UTF-8 \
    --setenv BENCHTRAIL_DB /var/lib/benchtrail/benchtrail.db \
    --ro-bind "$work/root" / --proc /proc --bind "$work/data" /var/lib/benchtrail --ro-bind "$work/logs" /mnt -- /usr/bin/benchtrail "$@"
}
mkdir -p "$work/root/mnt" "$work/root/proc"
in_image import /mnt/web-1 --host web-1 > "$work/out" || fail "the image can't import"
in_image hosts | grep -q '^web-1 ' || fail "the image shows no fleet"
[ -z "$(find "$work/root" -perm /6000)" ] || fail "the image has files with setuid or setgid"
echo "image: imports and answers as uid 65532, without network, with a read-only root"

sh "$top/packaging/check-deb.sh" "$folder"/*.deb
echo "check-release: all is well"
