#!/usr/bin/env python3
"""attacks.py SIGNED SEALED OUT: writes one attacked PDF a kind into OUT, each of which a verifier must refuse.

SIGNED has one signature in `signer` and empty fields `seal` and `number`; SEALED is SIGNED with the number filled in and sealed.
Both have cross-reference tables and objects that are not packed, as this program writes them.
"""

import re
import sys
import zlib
from pathlib import Path


class Pdf:
    """Just enough to append revisions: objects by number as the last revision has them."""

    def __init__(self, data):
        self.data = data
        self.objects = {}
        for m in re.finditer(rb"(?:^|\n|\r)(\d+) 0 obj\b(.*?)endobj", data, re.S):
            self.objects[int(m[1])] = m[2].strip()
        trailer = data[data.rindex(b"trailer") :]
        self.size = int(re.search(rb"/Size (\d+)", trailer)[1])
        self.root = int(re.search(rb"/Root (\d+) 0 R", trailer)[1])
        self.info = re.search(rb"/Info \d+ 0 R", trailer)
        self.id = re.search(rb"/ID ?\[.*?\]", trailer, re.S)[0]
        self.xref = int(re.findall(rb"startxref\s+(\d+)", data)[-1])

    def catalog(self):
        return self.objects[self.root]

    def find(self, *patterns):
        """The first object that all the patterns match."""
        for number, body in sorted(self.objects.items()):
            if all(re.search(p, body, re.S) for p in patterns):
                return number
        raise SystemExit(f"no object with {patterns}")

    def field(self, name):
        return self.find(rb"/FT ?/(Sig|Tx)", rb"/T ?\(" + name.encode() + rb"\)")

    def page(self):
        return self.find(rb"/Type ?/Page\b", rb"/Contents")

    def update(self, changed, free=(), root=None, extra=b"", xref_of=None):
        """The file with one more revision: {number: body}."""
        out = bytearray(self.data)
        if not out.endswith(b"\n"):
            out += b"\n"
        entries = {}
        for number, body in sorted(changed.items()):
            entries[number] = b"%010d 00000 n \n" % len(out)
            out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
        for number in free:
            entries[number] = b"0000000000 00001 f \n"
        entries[0] = b"0000000000 65535 f \n"
        start = len(out)
        out += b"xref\n"
        for number in sorted(entries):
            out += b"%d 1\n" % number + entries[number]
        size = max(self.size, max(entries) + 1)
        out += b"trailer\n<</Size %d/Root %d 0 R" % (size, root or self.root)
        out += (self.info[0] if self.info else b"") + b"/Prev %d" % self.xref + self.id + extra + b">>\n"
        out += b"startxref\n%d\n%%%%EOF\n" % start
        return bytes(out)


def stream(data, head=b""):
    return b"<<" + head + b"/Length %d>>\nstream\n" % len(data) + data + b"\nendstream"


def with_key(body, key, value):
    """The dictionary with that key replaced or added; values of one line without nested brackets of their own kind."""
    simple = re.compile(rb"/" + key + rb" ?(<<.*?>>|\[[^\]]*\]|\d+ 0 R|\([^)]*\)|/?[^/<>\[\]()]+)", re.S)
    if simple.search(body):
        return simple.sub(lambda _: b"/" + key + b" " + value, body, count=1)
    end = body.rindex(b">>")
    return body[:end] + b"/" + key + b" " + value + body[end:]


def contents_of(page):
    return int(re.search(rb"/Contents ?\[? ?(\d+) 0 R", page)[1])


def all_attacks(signed, sealed):
    page, new = signed.page(), signed.size
    body = signed.objects[page]
    text = stream(b"BT /f 12 Tf 100 100 Td (99) Tj ET")
    signer, seal, number = (signed.field(n) for n in ("signer", "seal", "number"))
    catalog = signed.catalog()

    yield "content-replaced", signed.update({contents_of(body): text})
    yield "content-added", signed.update({page: with_key(body, b"Contents", b"[%d 0 R %d 0 R]" % (contents_of(body), new)), new: text})
    stamp = b"<</Type/Annot/Subtype/FreeText/Rect[50 50 200 80]/Contents(x)/DA(/F 9 Tf)/F 4>>"
    yield "annotation-added", signed.update({page: with_key(body, b"Annots", b"[%d 0 R]" % new), new: stamp})
    if m := re.search(rb"/Annots ?\[([^\]]*)\]", body):
        yield "annotation-beside", signed.update({page: with_key(body, b"Annots", b"[" + m[1] + b" %d 0 R]" % new), new: stamp})
    font = signed.find(rb"/FontFile2 \d+ 0 R")
    program = int(re.search(rb"/FontFile2 (\d+) 0 R", signed.objects[font])[1])
    yield "font-replaced", signed.update({program: stream(zlib.compress(b"other"), b"/Filter/FlateDecode")})
    cmap = int(re.search(rb"/ToUnicode (\d+) 0 R", signed.objects[signed.find(rb"/ToUnicode \d+ 0 R")])[1])
    yield "unicode-replaced", signed.update({cmap: stream(b"% other")})
    yield "open-action", signed.update({signed.root: with_key(catalog, b"OpenAction", b"<</S/JavaScript/JS(app.alert(1))>>")})
    yield "layers-added", signed.update({signed.root: with_key(catalog, b"OCProperties", b"<</OCGs[]/D<<>>>>")})
    pages = int(re.search(rb"/Pages (\d+) 0 R", catalog)[1])
    yield "page-tree-replaced", signed.update({signed.root: with_key(catalog, b"Pages", b"%d 0 R" % new), new: signed.objects[pages]})
    yield "other-catalog", signed.update({new: catalog}, root=new)
    metadata = int(re.search(rb"/Metadata (\d+) 0 R", catalog)[1])
    yield "metadata-replaced", signed.update({metadata: stream(b"<x/>", b"/Type/Metadata/Subtype/XML")})
    yield "form-removed", signed.update({signed.root: re.sub(rb"/AcroForm ?\d+ 0 R", b"", catalog)})
    yield "element-replaced", signed.update({(n := signed.find(rb"/S ?/P\b", rb"/Pg")): with_key(signed.objects[n], b"ActualText", b"(99)")})
    yield "field-moved", signed.update({signer: with_key(signed.objects[signer], b"Rect", b"[0 0 500 500]")})
    yield "picture-replaced", signed.update({signer: with_key(signed.objects[signer], b"AP", b"<</N %d 0 R>>" % new), new: text})
    yield "seal-field-changed", signed.update({seal: with_key(signed.objects[seal], b"Rect", b"[0 0 500 500]")})
    yield "signature-taken-out", signed.update({signer: re.sub(rb"/V \d+ 0 R", b"", signed.objects[signer])})
    value = int(re.search(rb"/V (\d+) 0 R", signed.objects[signer])[1])
    yield "signature-moved", signed.update({value: signed.objects[value]})
    yield "signature-without-range", signed.update({value: re.sub(rb"/ByteRange ?\[[^\]]*\]", b"", signed.objects[value])})
    yield "signature-null", signed.update({value: b"null"})
    yield "signature-of-old-key", signed.update({seal: with_key(signed.objects[seal], b"V", b"%d 0 R" % value)})
    yield "object-freed", signed.update({}, free=(contents_of(body),))
    yield "number-shown-otherwise", signed.update(fill(signed, number, b"66", b"99"))
    yield "number-covered", signed.update(fill(signed, number, b"66", b"66", b"\n1 0 0 1 0 0 cm 0 0 99 99 re f"))
    once = Pdf(signed.update(fill(signed, number, b"66", b"66")))
    yield "number-twice", once.update(fill(once, number, b"67", b"67"))
    yield "number-after-the-seal", sealed.update(fill(sealed, sealed.field("number"), b"67", b"67"))
    yield "seal-picture-replaced", sealed.update(
        {(n := sealed.field("seal")): with_key(sealed.objects[n], b"AP", b"<</N %d 0 R>>" % sealed.size), sealed.size: text}
    )
    yield "new-visible-field", signed.update(
        {
            page: with_key(body, b"Annots", b"[%d 0 R]" % new),
            new: b"<</FT/Sig/T(x)/Type/Annot/Subtype/Widget/F 132/Rect[0 0 400 400]/P %d 0 R>>" % page,
        }
    )
    yield "bytes-behind", signed.data + b"\nextra bytes that no table knows\n"
    yield "object-without-table", signed.data + b"\n%d 0 obj\n" % page + body + b"\nendobj\n%%EOF\n"
    later = signed.update({contents_of(body): text})
    yield "two-tables", later.replace(b"trailer\n<</Size", b"xref\n0 1\n0000000000 65535 f \ntrailer\n<</Size", 2)
    yield "table-points-back", signed.data + back_to(signed)
    yield "prev-forward", signed.update({new: b"null"}).replace(b"/Prev %d" % signed.xref, b"/Prev 99999999")
    data = signed.data
    at = data.index(b"/Contents ", data.index(b"/ByteRange")) if b"/Contents " in data else data.index(b"/Contents<")
    digits = data.index(b"<", data.index(b"/Contents", data.index(b"/ByteRange"))) + 1
    yield "gap-with-spaces", data[: digits + 40] + b" " + data[digits + 41 :]
    yield "gap-with-bytes", data[: (end := data.index(b">", digits)) - 2] + b"41" + data[end:]
    yield "gap-other-case", swap_case(data, digits)
    whole = re.search(rb"/ByteRange ?\[(\d+) (\d+) (\d+) (\d+)", data)
    shorter = b"%d " % (int(whole[4]) - 7)
    yield "range-shorter", data[: whole.start(4)] + shorter.ljust(whole.end(4) - whole.start(4))[: whole.end(4) - whole.start(4)] + data[whole.end(4) :]
    yield "range-from-one", data[: whole.start(1)] + b"1" + data[whole.end(1) :]
    yield "cut", data[:-100]


def fill(pdf, number, value, shown, more=b""):
    body = pdf.objects[number]
    da = re.search(rb"/DA ?\(/(\w+) ", body)[1]
    font = re.search(rb"/" + da + rb" (\d+) 0 R", b"".join(pdf.objects.values()))[1]
    box = [float(n) for n in re.search(rb"/Rect ?\[([^\]]*)\]", body)[1].split()]
    show = stream(
        b"/Tx BMC q BT /" + da + b" 13 Tf 0 g 1 0 0 1 0 3 Tm (" + shown + b") Tj ET" + more + b" Q EMC",
        b"/Type/XObject/Subtype/Form/BBox[0 0 %d %d]/Resources<</Font<</" % (box[2] - box[0] + 1, box[3] - box[1] + 1)
        + da + b" " + font + b" 0 R>>>>",
    )
    body = with_key(with_key(body, b"V", b"(" + value + b")"), b"AP", b"<</N %d 0 R>>" % pdf.size)
    return {number: body, pdf.size: show}


def back_to(pdf):
    """A revision whose table gives a page the bytes of an older object."""
    page, other = pdf.page(), pdf.find(rb"/Type ?/Page\b", rb"/Contents", rb"/Parent")
    at = pdf.data.index(b"\n%d 0 obj" % contents_of(pdf.objects[other])) + 1
    start = len(pdf.data)
    return b"xref\n0 1\n0000000000 65535 f \n%d 1\n%010d 00000 n \n" % (page, at) + (
        b"trailer\n<</Size %d/Root %d 0 R/Prev %d" % (pdf.size, pdf.root, pdf.xref) + pdf.id + b">>\nstartxref\n%d\n%%%%EOF\n" % start
    )


def swap_case(data, digits):
    for i in range(digits, len(data)):
        if data[i : i + 1] in b"abcdef":
            return data[:i] + data[i : i + 1].upper() + data[i + 1 :]
    raise SystemExit("no letter among the digits")


def main():
    signed, sealed = (Pdf(Path(p).read_bytes()) for p in sys.argv[1:3])
    out = Path(sys.argv[3])
    n = 0
    for name, data in all_attacks(signed, sealed):
        assert data not in (signed.data, sealed.data), name
        (out / f"{name}.pdf").write_bytes(data)
        n += 1
    print(n)


main()
