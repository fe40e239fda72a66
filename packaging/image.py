#!/usr/bin/env python3
"""Makes an OCI image without a daemon: image.py BINARY VERSION SECONDS IMAGE.tar

The image has one layer: the static binary, its licences, and
the folder of the database, which belongs to a user without rights. SECONDS is the time of all files, in seconds since
1970, so that the same binary gives the same bytes. `skopeo copy oci-archive:IMAGE.tar ...` and `podman load` take it."""
import datetime
import gzip
import hashlib
import io
import json
import pathlib
import subprocess
import sys
import tarfile

binary, version, seconds, target = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]

USER = 65532  # what distroless images call nonroot


def add(archive, name, content=None, mode=0o644, owner=0):
    """Adds a file, or a folder where there is no content; always the same bytes for the same input."""
    entry = tarfile.TarInfo(name)
    entry.mtime, entry.mode, entry.uid, entry.gid = seconds, mode, owner, owner
    if content is None:
        entry.type = tarfile.DIRTYPE
        archive.addfile(entry)
    else:
        entry.size = len(content)
        archive.addfile(entry, io.BytesIO(content))


def tar(fill):
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        fill(archive)
    return buffer.getvalue()


def root(archive):
    for folder in ["etc", "proc", "usr", "usr/bin", "usr/share", "usr/share/doc", "usr/share/doc/benchtrail", "var", "var/lib"]:
        add(archive, folder, mode=0o755)
    add(archive, "etc/passwd", f"benchtrail:x:{USER}:{USER}::/var/lib/benchtrail:/usr/bin/benchtrail\n".encode())
    add(archive, "etc/group", f"benchtrail:x:{USER}:\n".encode())
    add(archive, "usr/bin/benchtrail", pathlib.Path(binary).read_bytes(), mode=0o755)
    licenses = subprocess.run([binary, "--licenses"], check=True, capture_output=True).stdout
    add(archive, "usr/share/doc/benchtrail/copyright", licenses)
    add(archive, "tmp", mode=0o1777)
    add(archive, "var/lib/benchtrail", mode=0o700, owner=USER)


blobs = {}


def blob(content, kind):
    digest = hashlib.sha256(content).hexdigest()
    blobs[digest] = content
    return {"mediaType": kind, "digest": "sha256:" + digest, "size": len(content)}


def encode(value):
    return json.dumps(value, separators=(",", ":"), sort_keys=True).encode()


layer = tar(root)
created = datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
machine = {"x86_64": "amd64", "aarch64": "arm64"}
architecture = machine.get(subprocess.run(["uname", "-m"], check=True, capture_output=True, text=True).stdout.strip())
config = {
    "created": created,
    "architecture": architecture,
    "os": "linux",
    "config": {
        "User": f"{USER}:{USER}",
        "Env": ["PATH=/usr/bin", "BENCHTRAIL_DB=/var/lib/benchtrail/benchtrail.db", "LC_ALL=C.UTF-8"],
        "Entrypoint": ["/usr/bin/benchtrail"],
        "WorkingDir": "/var/lib/benchtrail",
        "Volumes": {"/var/lib/benchtrail": {}},
        "Labels": {
            "org.opencontainers.image.title": "benchtrail",
            "org.opencontainers.image.version": version,
            "org.opencontainers.image.licenses": "Apache-2.0",
            "org.opencontainers.image.description": "The trail of docker-bench and kube-bench runs",
        },
    },
    "rootfs": {"type": "layers", "diff_ids": ["sha256:" + hashlib.sha256(layer).hexdigest()]},
    "history": [{"created": created, "created_by": "packaging/image.py"}],
}
manifest = {
    "schemaVersion": 2,
    "mediaType": "application/vnd.oci.image.manifest.v1+json",
    "config": blob(encode(config), "application/vnd.oci.image.config.v1+json"),
    "layers": [blob(gzip.compress(layer, 9, mtime=0), "application/vnd.oci.image.layer.v1.tar+gzip")],
}
entry = blob(encode(manifest), "application/vnd.oci.image.manifest.v1+json")
entry["annotations"] = {"org.opencontainers.image.ref.name": version}
entry["platform"] = {"architecture": architecture, "os": "linux"}


def layout(archive):
    add(archive, "oci-layout", b'{"imageLayoutVersion":"1.0.0"}')
    add(archive, "index.json", encode({
        "schemaVersion": 2, "mediaType": "application/vnd.oci.image.index.v1+json", "manifests": [entry]}))
    for folder in ["blobs", "blobs/sha256"]:
        add(archive, folder, mode=0o755)
    for digest in sorted(blobs):
        add(archive, "blobs/sha256/" + digest, blobs[digest])


pathlib.Path(target).write_bytes(tar(layout))
