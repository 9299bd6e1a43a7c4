"""What sign.sh needs beside the shell.

sign.py png FILE WIDTH HEIGHT [KIND]   a ring of blue, transparent around it; KIND: see PICTURES
sign.py over FILE                      a page of black letters, an empty signature field `on` over them, another one `above`
sign.py dark BEFORE.ppm AFTER.ppm      what was black is black still, and there is something red or blue
sign.py cms FILE.pdf DIR               each signature: DIR/N.der its CMS, DIR/N.tbs the bytes it signs, DIR/N.kind its sub-filter
sign.py hybrid FILE                    a page whose content and font stand in the cross-reference stream of a hybrid file only
sign.py line FILE.pdf WORD...          the words of the letterhead's line that begins with the first, as typeset: each a space away from
                                       the one before, one written as -WORD right behind it, one as +WORD anywhere behind it
sign.py report FILE.json WANT...       what `kehoach --json verify` said; WANT: FIELD=LEVEL (timestamps: -) or FIELD>KIND: came later
"""

import json
import os
import re
import struct
import subprocess
import sys
import zlib


# Colour and transparency of a pixel by its distance from the middle (1: the sides), and by whether it lies in the frame of a tenth.
PICTURES = {
    "ring": lambda r, edge: (20, 40, 180, 220 if 0.6 < r < 0.95 else 0),
    "seal": lambda r, edge: (200, 0, 0, 255) if 0.5 < r < 0.95 else (255, 255, 255, 255) if r < 0.1 else (0, 0, 0, 0),
    "paper": lambda r, edge: (20, 40, 180, 255) if 0.6 < r < 0.95 else (255, 255, 255, 255),
    "grey": lambda r, edge: (20, 40, 180, 255) if 0.6 < r < 0.95 else (180, 180, 170, 255),
    "framed": lambda r, edge: (0, 0, 0, 0) if edge else (20, 40, 180, 255) if r < 0.3 else (255, 255, 255, 255),
    "disc": lambda r, edge: (20, 40, 180, 255) if 0.6 < r < 0.8 else (240, 240, 240, 255) if r < 1 else (0, 0, 0, 0),
    "half": lambda r, edge: (20, 40, 180, 220) if 0.6 < r < 0.8 else (255, 255, 255, 120),
    "nothing": lambda r, edge: (20, 40, 180, 20),
}


def png(path, width, height, kind="ring"):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    def pixel(x, y):
        r = ((2 * x - width) / width) ** 2 + ((2 * y - height) / height) ** 2
        return bytes(PICTURES[kind](r, not (width / 10 < x < width * 0.9 and height / 10 < y < height * 0.9)))

    rows = b"".join(b"\0" + b"".join(pixel(x, y) for x in range(width)) for y in range(height))
    with open(path, "wb") as f:
        f.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)))
        f.write(chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def over(path):
    text = b"BT /F 20 Tf " + b"".join(b"1 0 0 1 20 %d Tm (HMEWHMEWHMEW) Tj " % y for y in range(20, 190, 20)) + b"ET"
    write(path, {
        1: b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[5 0 R 7 0 R]>>>>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 6 0 R/Annots[5 0 R 7 0 R]/Resources<</Font<</F 4 0 R>>>>>>",
        4: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold>>",
        5: b"<</Type/Annot/Subtype/Widget/FT/Sig/T(on)/F 132/P 3 0 R/Rect[20 20 180 180]>>",
        6: b"<</Length %d>>\nstream\n%s\nendstream" % (len(text), text),
        7: b"<</Type/Annot/Subtype/Widget/FT/Sig/T(above)/F 132/P 3 0 R/Rect[20 196 180 199]>>",
    })


def write(path, objects):
    """With a table."""
    out, places = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", []
    for n, body in objects.items():
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (n, body)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % at for at in places)
    end = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(out))
    with open(path, "wb") as f:
        f.write(out + table + end)


def pixels(path):
    with open(path, "rb") as f:
        data = f.read()
    head = re.match(rb"P6\s+(\d+)\s+(\d+)\s+255\s", data)
    return data[head.end() :]


def dark(before, after):
    one, other = pixels(before), pixels(after)
    assert len(one) == len(other)
    black = [i for i in range(0, len(one), 3) if max(one[i : i + 3]) < 40]
    lost = [i for i in black if max(other[i : i + 3]) >= 60]
    coloured = sum(max(other[i : i + 3]) - min(other[i : i + 3]) > 100 for i in range(0, len(other), 3))
    print(f"# {len(black)} black, {len(lost)} lost, {coloured} coloured")
    if not black or lost or coloured < 500:
        sys.exit("what was black is not")


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


def hybrid(path):
    inside = [(4, b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"), (5, b"<</Producer(hybrid)>>")]
    head = b"".join(b"%d %d " % (n, sum(len(o) + 1 for _, o in inside[:i])) for i, (n, _) in enumerate(inside))
    packed = head + b"\n".join(o for _, o in inside)
    text = b"BT /F 12 Tf 20 100 Td (hybrid) Tj ET"
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 6 0 R/Resources<</Font<</F 4 0 R>>>>>>",
        6: b"<</Length %d>>\nstream\n%s\nendstream" % (len(text), text),
        7: b"<</Type/ObjStm/N %d/First %d/Length %d>>\nstream\n%s\nendstream" % (len(inside), len(head), len(packed), packed),
    }
    out, place = b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n", {}
    for n, body in objects.items():
        place[n] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (n, body)
    rows = b"".join(struct.pack(">BHB", 2, 7, i) for i in range(len(inside)))
    stream = len(out)
    out += b"8 0 obj\n<</Type/XRef/Size 9/W[1 2 1]/Index[4 2]/Root 1 0 R/Length %d>>\nstream\n%s\nendstream\nendobj\n" % (len(rows), rows)
    table = len(out)
    out += b"xref\n0 9\n0000000000 65535 f \n"
    for n in range(1, 9):
        out += b"%010d 00000 n \n" % place[n] if n in place else b"0000000000 00000 f \n"
    out += b"trailer\n<</Size 9/Root 1 0 R/Info 5 0 R/XRefStm %d>>\nstartxref\n%d\n%%%%EOF\n" % (stream, table)
    with open(path, "wb") as f:
        f.write(out)


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


def words(path):
    """Words of page 1 in reading order: text, left, right, base line's box."""
    said = subprocess.run(["pdftotext", "-bbox", "-l", "1", path, "-"], capture_output=True, check=True, text=True).stdout
    row = r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>'
    return [(m[4], float(m[0]), float(m[2]), float(m[1])) for m in re.findall(row, said)]


def line(path, wanted):
    space, near = 3.25, 0.25  # [pt] of 13 pt type
    found = words(path)
    last = next(w for w in found if w[0] == wanted[0])
    for word in wanted[1:]:
        how, text = (word[0], word[1:]) if word[0] in "-+" else (" ", word)
        here = [w for w in found if w[0] == text and w[1] > last[1] and abs(w[3] - last[3]) < 0.1]
        if not here:
            sys.exit(f"no {text} behind {last}")
        gap = here[0][1] - last[2]
        if (how == "+" and gap < space - near) or (how != "+" and abs(gap - (0 if how == "-" else space)) > near):
            sys.exit(f"{gap:.2f} pt between {last[0]} and {text}")
        last = here[0]


if sys.argv[1] == "png":
    png(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), *sys.argv[5:])
elif sys.argv[1] == "over":
    over(sys.argv[2])
elif sys.argv[1] == "dark":
    dark(sys.argv[2], sys.argv[3])
elif sys.argv[1] == "cms":
    cms(sys.argv[2], sys.argv[3])
elif sys.argv[1] == "hybrid":
    hybrid(sys.argv[2])
elif sys.argv[1] == "line":
    line(sys.argv[2], sys.argv[3:])
elif sys.argv[1] == "report":
    report(sys.argv[2], sys.argv[3:])
