"""What sign.sh needs beside the shell.

sign.py png FILE WIDTH HEIGHT          a ring of blue, transparent around it
sign.py cms FILE.pdf DIR               each signature: DIR/N.der its CMS, DIR/N.tbs the bytes it signs, DIR/N.kind its sub-filter
sign.py report FILE.json WANT...       what `kehoach --json verify` said; WANT: FIELD=LEVEL (timestamps: -) or FIELD>KIND: came later
"""

import json
import os
import re
import struct
import sys
import zlib


def png(path, width, height):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    def pixel(x, y):
        r = ((2 * x - width) / width) ** 2 + ((2 * y - height) / height) ** 2
        return bytes((20, 40, 180, 220 if 0.6 < r < 0.95 else 0))

    rows = b"".join(b"\0" + b"".join(pixel(x, y) for x in range(width)) for y in range(height))
    with open(path, "wb") as f:
        f.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)))
        f.write(chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def der_length(data):
    """Of the element that data begins with: what follows is padding."""
    if data[1] < 128:
        return 2 + data[1]
    n = data[1] & 127
    return 2 + n + int.from_bytes(data[2 : 2 + n], "big")


def cms(path, folder):
    with open(path, "rb") as f:
        data = f.read()
    os.makedirs(folder, exist_ok=True)
    pattern = rb"/SubFilter ?/([A-Za-z0-9.]+).{0,20}?/ByteRange ?\[ ?(\d+) (\d+) (\d+) (\d+) *\]"
    for i, found in enumerate(re.finditer(pattern, data, re.DOTALL)):
        start, n, start2, n2 = (int(found.group(k)) for k in range(2, 6))
        gap = data[start + n : start2]
        assert start == 0 and gap[:1] == b"<" and gap[-1:] == b">", "the gap is not the value of Contents"
        raw = bytes.fromhex(gap[1:-1].decode())
        assert not raw[der_length(raw) :].strip(b"\0"), "something stands behind the CMS"
        for name, content in (
            ("der", raw[: der_length(raw)]),
            ("tbs", data[:n] + data[start2 : start2 + n2]),
            ("kind", found.group(1) + b"\n"),
        ):
            with open(os.path.join(folder, f"{i + 1}.{name}"), "wb") as f:
                f.write(content)


def report(path, wanted):
    with open(path, encoding="utf-8") as f:
        said = json.load(f)
    found = set()
    for s in said["signatures"]:
        found.add(f"{s['field']}={s['level'] or '-'}")
        found.update(f"{s['field']}>{later['kind']}" for later in s["later"])
        if not (s["ok"] and s["integrity"] and s["chain"] == "good"):
            sys.exit(f"{s['field']} does not hold")
    if not said["ok"] or found != set(wanted):
        sys.exit(f"ok {said['ok']}, found {sorted(found)}")


if sys.argv[1] == "png":
    png(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
elif sys.argv[1] == "cms":
    cms(sys.argv[2], sys.argv[3])
elif sys.argv[1] == "report":
    report(sys.argv[2], sys.argv[3:])
