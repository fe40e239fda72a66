#!/usr/bin/env python3
"""Unpacks an OCI layout as a runtime would, and checks every digest on the way: unpack-image.py LAYOUT ROOT"""
import gzip
import hashlib
import io
import json
import pathlib
import sys
import tarfile

layout, root = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])


def blob(descriptor):
    content = (layout / "blobs/sha256" / descriptor["digest"].removeprefix("sha256:")).read_bytes()
    assert len(content) == descriptor["size"], descriptor
    assert "sha256:" + hashlib.sha256(content).hexdigest() == descriptor["digest"], descriptor
    return content


index = json.loads((layout / "index.json").read_text())
manifest = json.loads(blob(index["manifests"][0]))
config = json.loads(blob(manifest["config"]))
assert config["config"]["User"] not in ("", "0", "root"), "the image runs as root"
for layer, digest in zip(manifest["layers"], config["rootfs"]["diff_ids"], strict=True):
    content = gzip.decompress(blob(layer))
    assert "sha256:" + hashlib.sha256(content).hexdigest() == digest, layer
    with tarfile.open(fileobj=io.BytesIO(content)) as archive:
        archive.extractall(root)
