#!/usr/bin/env python3
"""attacks.py PLAIN PACKED LINEAR PKI OUT: signs files with the keys of PKI, attacks them, and writes one PDF a kind into OUT, each of which a
verifier must refuse; OUT/NAME.want says with which rule, and where it is `changed`, naming which objects.

PLAIN and PACKED are a plan with empty fields `signer`, `seal` and `number`: PLAIN with tables and objects that are not packed, PACKED as
this program writes it. OUT/valid gets files that were only changed in ways that are allowed.
"""

import hashlib
import os
import re
import subprocess
import sys
import urllib.request
import zlib
from pathlib import Path


class Pdf:
    """Just enough to append revisions: objects by number as the last revision has them."""

    def __init__(self, data):
        self.data = data
        self.objects = {}
        self.packs = []
        for m in re.finditer(rb"(?:^|\n|\r)(\d+) 0 obj\b(.*?)endobj", data, re.S):
            self.objects[int(m[1])] = m[2].strip()
            if re.search(rb"/Type ?/ObjStm", m[2]):
                self.unpack(m[2])
                self.packs.append(int(m[1]))
        self.xref = int(re.findall(rb"startxref\s+(\d+)", data)[-1])
        trailer = data[self.xref :]
        self.size = int(re.search(rb"/Size (\d+)", trailer)[1])
        self.root = int(re.search(rb"/Root (\d+) 0 R", trailer)[1])
        self.info = re.search(rb"/Info \d+ 0 R", trailer)
        self.id = re.search(rb"/ID ?\[.*?\]", trailer, re.S)[0]

    def unpack(self, stream):
        data = zlib.decompress(stream[stream.index(b"stream") + 6 :].lstrip(b"\r\n"))
        first = int(re.search(rb"/First (\d+)", stream)[1])
        numbers = [int(n) for n in data[:first].split()]
        ends = numbers[3::2] + [len(data) - first]
        for number, start, end in zip(numbers[::2], numbers[1::2], ends):
            self.objects[number] = data[first + start : first + end].strip()

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

    def update_as_stream(self, changed, number=None, free=()):
        """The same with a cross-reference stream, of that number."""
        out = bytearray(self.data)
        number = number or max([self.size - 1, *changed]) + 1
        rows = {}
        for one, body in sorted(changed.items()):
            rows[one] = (1, len(out), 0)
            out += b"%d 0 obj\n" % one + body + b"\nendobj\n"
        rows |= {one: (0, 0, 0) for one in free}
        rows[number] = (1, len(out), 0)
        data = b"".join(bytes([k]) + at.to_bytes(4, "big") + bytes([i]) for _, (k, at, i) in sorted(rows.items()))
        start = len(out)
        index = b" ".join(b"%d 1" % one for one in sorted(rows))
        head = b"/Type/XRef/W[1 4 1]/Index[%b]/Size %d/Root %d 0 R/Prev %d" % (index, max(self.size, *(n + 1 for n in rows)), self.root, self.xref)
        head += (self.info[0] if self.info else b"") + self.id
        out += b"%d 0 obj\n" % number + stream(data, head) + b"\nendobj\nstartxref\n%d\n%%%%EOF\n" % start
        return bytes(out)

    def update(self, changed, free=(), root=None, extra=b""):
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


def changed(*numbers):
    return ("changed", *numbers)


def changes(signed, sealed):
    """(name, bytes, what is expected): objects that a later revision replaces, takes away or adds."""
    page, new = signed.page(), signed.size
    body = signed.objects[page]
    text = stream(b"BT /f 12 Tf 100 100 Td (99) Tj ET")
    root, catalog = signed.root, signed.catalog()

    content = contents_of(body)
    yield "content-replaced", signed.update({content: text}), changed(content)
    both = b"[%d 0 R %d 0 R]" % (content, new)
    yield "content-added", signed.update({page: with_key(body, b"Contents", both), new: text}), changed(page)
    stamp = b"<</Type/Annot/Subtype/FreeText/Rect[50 50 200 80]/Contents(x)/DA(/F 9 Tf)/F 4>>"
    yield "annotation-added", signed.update({page: with_key(body, b"Annots", b"[%d 0 R]" % new), new: stamp}), changed(page)
    if m := re.search(rb"/Annots ?\[([^\]]*)\]", body):
        beside = with_key(body, b"Annots", b"[" + m[1] + b" %d 0 R]" % new)
        yield "annotation-beside", signed.update({page: beside, new: stamp}), changed(page)
    font = signed.find(rb"/FontFile2 \d+ 0 R")
    program = int(re.search(rb"/FontFile2 (\d+) 0 R", signed.objects[font])[1])
    other = stream(zlib.compress(b"other"), b"/Filter/FlateDecode")
    yield "font-replaced", signed.update({program: other}), changed(program)
    cmap = int(re.search(rb"/ToUnicode (\d+) 0 R", signed.objects[signed.find(rb"/ToUnicode \d+ 0 R")])[1])
    yield "unicode-replaced", signed.update({cmap: stream(b"% other")}), changed(cmap)
    action = b"<</S/JavaScript/JS(app.alert(1))>>"
    yield "open-action", signed.update({root: with_key(catalog, b"OpenAction", action)}), changed(root)
    yield "layers-added", signed.update({root: with_key(catalog, b"OCProperties", b"<</OCGs[]/D<<>>>>")}), changed(root)
    pages = int(re.search(rb"/Pages (\d+) 0 R", catalog)[1])
    moved = {root: with_key(catalog, b"Pages", b"%d 0 R" % new), new: signed.objects[pages]}
    yield "page-tree-replaced", signed.update(moved), changed(root)
    yield "other-catalog", signed.update({new: catalog}, root=new), changed()
    metadata = int(re.search(rb"/Metadata (\d+) 0 R", catalog)[1])
    yield "metadata-replaced", signed.update({metadata: stream(b"<x/>", b"/Type/Metadata/Subtype/XML")}), changed(metadata)
    form = re.search(rb"/AcroForm ?\d+ 0 R|/AcroForm ?<<.*?>>", catalog, re.S)
    yield "form-removed", signed.update({root: catalog.replace(form[0], b"")}), ("unsigned",)
    element = signed.find(rb"/S ?/P\b", rb"/Pg")
    yield "element-replaced", signed.update({element: with_key(signed.objects[element], b"ActualText", b"(99)")}), changed(element)
    yield "object-freed", signed.update({}, free=(content,)), changed(content)
    plain_id, signed.id = signed.id, b"/ID[<41><42>]"
    yield "other-id", signed.update({}), changed()
    signed.id = plain_id
    yield from without_reason(signed)
    yield "table-takes-a-number", signed.update_as_stream({}, number=content), changed(content)
    yield from field_changes(signed, sealed, text)


def without_reason(signed):
    """What is fine beside a signature, and has no reason alone."""
    root, catalog, new, number = signed.root, signed.catalog(), signed.size, signed.field("number")
    info = int(re.search(rb"\d+", signed.info[0])[0])
    dated = {info: with_key(signed.objects[info], b"ModDate", b"(D:20300101000000Z)")}
    more = re.sub(rb"/Extensions ?<<", b"/Extensions<</ABCD<</BaseVersion/1.7/ExtensionLevel 9>>", catalog)
    assert more != catalog
    extended = {root: more}
    stored = {root: with_key(catalog, b"DSS", b"<</Type/DSS>>")}
    yield "date-alone", signed.update(dated), changed(info)
    yield "extensions-alone", signed.update(extended), changed(root)
    yield "unused", signed.update({new: b"(nobody refers to it)"}), changed(new)
    yield "unused-packed-away", signed.update_as_stream({new: stream(b"BT ET", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]")}), changed(new)
    yield "unused-circle", signed.update({new: b"[%d 0 R]" % (new + 1), new + 1: b"[%d 0 R]" % new}), changed(new, new + 1)
    yield "unused-beside-a-store", signed.update(stored | {new: b"(x)"}), changed(new)
    filled = fill(signed, number, b"66", b"66")
    yield "unused-beside-a-number", signed.update(filled | {new + 1: b"(x)"}), changed(new + 1)
    form = re.search(rb"/AcroForm ?(\d+) 0 R", catalog)
    holder = int(form[1]) if form else root
    flags = {holder: with_key(signed.objects[holder], b"SigFlags", b"1")}
    yield "flags-alone", signed.update(flags), changed(holder)
    yield "flags-beside-a-number", signed.update(filled | flags), changed(holder)


def field_changes(signed, sealed, text):
    page, new = signed.page(), signed.size
    body = signed.objects[page]
    signer, seal, number = (signed.field(n) for n in ("signer", "seal", "number"))

    yield "field-moved", signed.update({signer: with_key(signed.objects[signer], b"Rect", b"[0 0 500 500]")}), changed(signer)
    picture = with_key(signed.objects[signer], b"AP", b"<</N %d 0 R>>" % new)
    yield "picture-replaced", signed.update({signer: picture, new: text}), changed(signer)
    yield "seal-field-changed", signed.update({seal: with_key(signed.objects[seal], b"Rect", b"[0 0 500 500]")}), changed(seal)
    yield "signature-taken-out", signed.update({signer: re.sub(rb"/V \d+ 0 R", b"", signed.objects[signer])}), ("unsigned",)
    value = int(re.search(rb"/V (\d+) 0 R", signed.objects[signer])[1])
    yield "signature-moved", signed.update({value: signed.objects[value]}), ("range",)
    without = re.sub(rb"/ByteRange ?\[[^\]]*\]", b"", signed.objects[value])
    yield "signature-without-range", signed.update({value: without}), ("range",)
    yield "signature-null", signed.update({value: b"null"}), ("unsigned",)
    yield "signature-of-old-key", signed.update({seal: with_key(signed.objects[seal], b"V", b"%d 0 R" % value)}), ("field",)
    yield "signature-copied", signed.update({seal: with_key(signed.objects[seal], b"V", b"%d 0 R" % new), new: signed.objects[value]}), ("range",)
    yield "number-shown-otherwise", signed.update(fill(signed, number, b"66", b"99")), changed(number)
    cover = b"\n1 0 0 1 0 0 cm 0 0 99 99 re f"
    yield "number-covered", signed.update(fill(signed, number, b"66", b"66", more=cover)), changed(number)
    unseen = b"/ColorSpace<</DefaultGray[/Separation/X/DeviceGray<</FunctionType 2/Domain[0 1]/N 1/C0[1]/C1[1]>>]>>"
    yield "number-unseen-colour", signed.update(fill(signed, number, b"66", b"66", resources=unseen)), changed(number)
    yield "number-white", signed.update(fill(signed, number, b"66", b"66", colour=b"1 g")), changed(number)
    yield "number-tiny", signed.update(fill(signed, number, b"66", b"66", size=b"1")), changed(number)
    yield "number-clipped", signed.update(fill(signed, number, b"66", b"66", box=b"[0 0 1 1]")), changed(number)
    yield "number-without-value", signed.update(fill(signed, number, b"", b"66")), changed(number)
    once = Pdf(signed.update(fill(signed, number, b"66", b"66")))
    yield "number-twice", once.update(fill(once, number, b"67", b"67")), changed(number)
    yield "number-after-the-seal", sealed.update(fill(sealed, number, b"67", b"67")), changed(number)
    picture = with_key(sealed.objects[seal], b"AP", b"<</N %d 0 R>>" % sealed.size)
    yield "seal-picture-replaced", sealed.update({seal: picture, sealed.size: text}), changed(seal)
    field = b"<</FT/Sig/T(x)/Type/Annot/Subtype/Widget/F 132/Rect[0 0 400 400]/P %d 0 R>>" % page
    yield "new-visible-field", signed.update({page: with_key(body, b"Annots", b"[%d 0 R]" % new), new: field}), changed(page)


def tree_changes(sealed, grown):
    """GROWN is SEALED signed in a new field, which has an element in the structure tree: that, and something more."""
    added = {n: body for n, body in grown.objects.items() if sealed.objects.get(n) != body}
    root = int(re.search(rb"/StructTreeRoot (\d+) 0 R", sealed.catalog())[1])
    top, parents, names = (int(re.search(rb"/%b (\d+) 0 R" % key, sealed.objects[root])[1]) for key in (b"K", b"ParentTree", b"IDTree"))
    form = next(n for n, body in added.items() if re.search(rb"/S ?/Form", body))
    field = next(n for n, body in added.items() if re.search(rb"/T ?\(more\)", body))
    page = int(re.search(rb"/P (\d+) 0 R", added[field])[1])
    new = max(added) + 1
    assert {root, top, parents, page} < added.keys() and field not in sealed.objects
    kids = re.search(rb"/K ?\[(.*)\]", added[top], re.S)[1]
    numbers = re.search(rb"/Nums ?\[(.*)\]", added[parents], re.S)[1]
    tree = changed(root, top, parents)

    def with_tree(number, key, value):
        return sealed.update(added | {number: with_key(added[number], key, value)})

    text = b"<</Type/StructElem/S/P/P %d 0 R/Pg %d 0 R/K 0/ActualText(99)>>" % (top, page)
    more = added | {top: with_key(added[top], b"K", b"[" + kids + b" %d 0 R]" % new)}
    yield "tree-paragraph", sealed.update(more | {new: text}), tree
    yield "tree-second-form", sealed.update(more | {new: text.replace(b"/S/P", b"/S/Form")}), tree
    yield "tree-form-twice", sealed.update(more | {new: added[form]}), tree
    yield "tree-form-alt", with_tree(form, b"Alt", b"(99)"), tree
    yield "tree-form-text", with_tree(form, b"ActualText", b"(99)"), tree
    yield "tree-form-content", with_tree(form, b"K", b"[0 <</Type/OBJR/Obj %d 0 R/Pg %d 0 R>>]" % (field, page)), tree
    yield "tree-form-of-another", with_tree(form, b"K", b"<</Type/OBJR/Obj %d 0 R/Pg %d 0 R>>" % (sealed.field("seal"), page)), tree
    yield "tree-form-as-text", sealed.update(added | {form: re.sub(rb"/S ?/Form", b"/S/P", added[form])}), tree
    old = sealed.find(rb"/S ?/P\b", rb"/Pg")
    yield "tree-old-text", sealed.update(added | {old: with_key(sealed.objects[old], b"ActualText", b"(99)")}), changed(old)
    yield "tree-old-alt", sealed.update(added | {old: with_key(sealed.objects[old], b"Alt", b"(99)")}), changed(old)
    yield "tree-roles", with_tree(root, b"RoleMap", b"<</P/Artifact>>"), tree
    yield "tree-next-key", with_tree(root, b"ParentTreeNextKey", b"0"), tree
    yield "tree-reordered", with_tree(top, b"K", b"[" + b" ".join(reversed(re.findall(rb"\d+ 0 R", kids))) + b"]"), tree
    yield "tree-kid-lost", with_tree(top, b"K", b"[" + kids[kids.index(b"R") + 1 :] + b"]"), tree
    yield "tree-top-text", with_tree(top, b"ActualText", b"(99)"), tree
    first = re.sub(rb"^(\s*\d+ )\d+", rb"\g<1>%d" % form, numbers)
    yield "tree-key-replaced", with_tree(parents, b"Nums", b"[" + first + b"]"), tree
    yield "tree-key-more", with_tree(parents, b"Nums", b"[" + numbers + b" 9999 %d 0 R]" % old), tree
    yield "tree-names", sealed.update(added | {names: b"<</Names[]>>"}), changed(names)
    yield "tree-alone", sealed.update({top: more[top], new: text}), changed(top)
    yield "tree-page-tabs", with_tree(page, b"Tabs", b"/R"), changed(page)
    form_number = int(re.search(rb"/AcroForm (\d+) 0 R", sealed.catalog())[1])
    yield "tree-field-seen", with_tree(field, b"Rect", b"[0 0 300 300]"), changed(form_number, page, root, top, parents)


def bytes_moved(signed):
    """Bytes that are changed, moved or put somewhere: USF, ISA and SWA as they were published."""
    page = signed.page()
    body, data = signed.objects[page], signed.data
    later = signed.update({contents_of(body): stream(b"BT ET")})
    tail = later[len(data) :]

    yield "bytes-behind", data + b"\nextra bytes that no table knows\n", ("pdf",)
    yield "object-without-table", data + b"\n%d 0 obj\n" % page + body + b"\nendobj\n%%EOF\n", ("pdf",)
    yield "table-without-trailer", data + tail[: tail.index(b"trailer")] + b"%%EOF\n", ("pdf",)
    yield "trailer-without-table", data + tail[tail.index(b"trailer") :], ("pdf",)
    twice = later.replace(b"trailer\n<</Size", b"xref\n0 1\n0000000000 65535 f \ntrailer\n<</Size")
    yield "two-tables", twice, ("pdf",)
    yield "table-points-back", data + back_to(signed), ("pdf",)
    yield "prev-forward", signed.update({signed.size: b"null"}).replace(b"/Prev %d" % signed.xref, b"/Prev 99999999"), ("pdf",)
    yield "cut", data[:-100], ("pdf",)
    yield "bytes-before", b"%PDF-1.7\n" + data, ("pdf",)
    yield from in_the_signature(data)


def in_the_signature(data):
    start = data.index(b"/ByteRange")
    digits = data.index(b"<", data.index(b"/Contents", start)) + 1
    end = data.index(b">", digits)
    whole = re.compile(rb"/ByteRange ?\[(\d+) (\d+) (\d+) (\d+) *\]").match(data, start)

    def put(at, new):
        return data[:at] + new + data[at + len(new) :]

    def with_range(text):
        return put(start, (b"/ByteRange [" + text + b"]").ljust(whole.end() - start))

    yield "gap-with-spaces", put(end - 1, b" "), ("range",)
    yield "gap-with-bytes", put(end - 2, b"41"), ("cms-format",)
    yield "gap-other-case", swap_case(data, digits), ("range",)
    yield "gap-with-more", put(end - 40, b"> /Reason (other)".ljust(41)), ("range",)
    yield "range-shorter", with_range(b"0 %b %b %d" % (whole[2], whole[3], int(whole[4]) - 7)), ("range",)
    yield "range-from-one", put(whole.start(1), b"1"), ("range",)
    yield "range-negative", with_range(b"0 %b -1 %b" % (whole[2], whole[4])), ("range",)
    yield "range-huge", with_range(b"0 1 9223372036854775807 9223372036854775807"[: whole.end() - start - 13]), ("range",)
    yield "range-of-two", with_range(b"0 %b" % whole[2]), ("range",)
    yield "range-null", with_range(b"null null null null"), ("range",)
    yield "range-missing", put(start, b"/XyteRange"), ("range",)
    yield "contents-missing", put(digits - 12, data[digits - 12 : digits].replace(b"/Contents", b"/Xontents")), ("range",)
    yield "contents-zero", put(digits, b"0" * (end - digits)), ("cms-format",)
    yield "contents-null", put(digits - 1, b"null".ljust(end - digits + 2)), ("range",)
    yield "other-subfilter", put(data.index(b"ETSI.CAdES.detached", start - 200), b"ETSI.CAdES.detacheD"), ("field",)
    # written otherwise, by who may change what no signature covers
    der = contents_bytes(data)
    opened = open_lengths(der)
    yield "der-long-length", put_contents(data, b"\x30\x84\0\0" + der[2:]), ("cms-format",)
    yield "open-bytes-behind", put_contents(data, opened + b"hidden"), ("cms-format",)
    yield "open-without-end", put_contents(data, opened[:-2] + b"\x04\x06hidden"), ("cms-format",)
    yield "open-bytes-within", put_contents(data, opened[:-6] + b"\x04\x06hidden" + opened[-6:]), ("cms-format",)
    yield "open-end-with-content", put_contents(data, opened[:-2] + b"\0\x06hidden"), ("cms-format",)
    # SWA: the second part goes to the end, with a range that says so, and other objects between
    between = b" /ByteRange [0 %d %d %d] >>\nendobj\n99 0 obj\n(x)\nendobj\n" % (digits - 1, end + 400, len(data) - end - 1)
    used = data[:end].rstrip(b"0") + b"0>"
    moved = (used + between).ljust(end + 400) + data[end + 1 :]
    yield "second-part-moved", moved, ("pdf",)
    yield "second-part-twice", used + b" >>\nendobj\n".ljust(end + 1 - len(used)) + data[end + 1 :] + data[end + 1 :], ("pdf",)


def contents_bytes(data):
    """The DER in the first signature's Contents."""
    digits = data.index(b"<", data.index(b"/Contents", data.index(b"/ByteRange"))) + 1
    der = bytes.fromhex(data[digits : data.index(b">", digits)].decode())
    assert der[:2] == b"\x30\x82"
    return der[: 4 + int.from_bytes(der[2:4], "big")]


def put_contents(data, new):
    digits = data.index(b"<", data.index(b"/Contents", data.index(b"/ByteRange"))) + 1
    end = data.index(b">", digits)
    return data[:digits] + new.hex().encode().ljust(end - digits, b"0") + data[end:]


def open_lengths(der):
    """The outer three elements with their lengths left open, as other programs write them."""
    oid = der[4:15]
    assert oid[0] == 6 and der[15:17] == b"\xa0\x82" and der[19:21] == b"\x30\x82"
    return b"\x30\x80" + oid + b"\xa0\x80\x30\x80" + der[23:] + bytes(6)


def packed_attacks(signed, sealed):
    """On files whose objects are packed, in the kinds of update that go with them."""
    page = signed.page()
    content = contents_of(signed.objects[page])
    root, pack = signed.root, signed.packs[0]
    text = stream(b"BT ET")
    yield "packed-content", signed.update_as_stream({content: text}), changed(content)
    yield "packed-content-table", signed.update({content: text}), changed(content)
    action = with_key(signed.catalog(), b"OpenAction", b"<</S/JavaScript/JS(x)>>")
    yield "packed-catalog", signed.update_as_stream({root: action}), changed(root)
    yield "packed-pack", signed.update_as_stream({pack: stream(zlib.compress(b""), b"/Type/ObjStm/N 0/First 0/Filter/FlateDecode")}), ("pdf",)
    yield "packed-pack-freed", signed.update_as_stream({}, free=(pack,)), ("pdf",)
    yield "packed-table-takes-pack", signed.update_as_stream({}, number=pack), ("pdf",)
    yield "packed-table-takes-content", signed.update_as_stream({}, number=content), changed(content)
    twice = sealed.page()
    yield "packed-two-signatures", sealed.update_as_stream({(n := contents_of(sealed.objects[twice])): text}), changed(n)
    number = signed.field("number")
    yield "packed-number", signed.update_as_stream(fill(signed, number, b"66", b"99")), changed(number)


def harmless(plain, packed):
    page = plain.page()
    yield "same-values", plain.update({page: plain.objects[page]})
    yield "same-values-packed", packed.update_as_stream({(n := packed.page()): packed.objects[n]})
    yield "nothing", plain.update({})
    number = plain.field("number")
    info = int(re.search(rb"\d+", plain.info[0])[0])
    dated = {info: with_key(plain.objects[info], b"ModDate", b"(D:20300101000000Z)")}
    yield "date-beside-a-number", plain.update(fill(plain, number, b"66", b"66") | dated)
    yield "date-beside-a-store", plain.update({plain.root: with_key(plain.catalog(), b"DSS", b"<</Type/DSS>>")} | dated)
    yield "open-lengths", put_contents(plain.data, open_lengths(contents_bytes(plain.data)))
    yield "number", plain.update(fill(plain, plain.field("number"), b"66", b"66"))


def fill(pdf, number, value, shown, more=b"", colour=b"0 g", size=b"13", box=None, resources=b""):
    body = pdf.objects[number]
    da = re.search(rb"/DA ?\(/(\w+) ", body)[1]
    font = re.search(rb"/" + da + rb" (\d+) 0 R", b"".join(pdf.objects.values()))[1]
    rect = [float(n) for n in re.search(rb"/Rect ?\[([^\]]*)\]", body)[1].split()]
    box = box or b"[0 0 %.2f %.2f]" % (rect[2] - rect[0], rect[3] - rect[1])
    show = stream(
        b"/Tx BMC q BT /" + da + b" " + size + b" Tf " + colour + b" 1 0 0 1 0 3 Tm (" + shown + b") Tj ET" + more + b" Q EMC",
        b"/Type/XObject/Subtype/Form/BBox" + box + b"/Resources<</Font<</" + da + b" " + font + b" 0 R>>" + resources + b">>",
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


def shadows(plain):
    """(name, what is prepared before the chairman signs, what is done after it): each looks harmless to who signs."""
    page = plain.page()
    body, new = plain.objects[page], plain.size
    content = contents_of(body)
    white = stream(b"q 1 g 0 0 600 900 re f Q")
    with_two = with_key(body, b"Contents", b"[%d 0 R %d 0 R]" % (content, new))

    yield "shadow-hide", plain.update({page: with_two, new: white}), lambda s: (s.update({new: stream(b"")}), changed(new))
    yield "shadow-dangling", plain.update({page: with_two, new + 1: b"0"}), lambda s: (s.update({new: white}), changed(new))
    yield "shadow-dangling-table", plain.update({page: with_two, new + 1: b"0"}), lambda s: (s.update_as_stream({}, number=new), changed(new))
    other = with_key(plain.catalog(), b"Pages", b"%d 0 R" % (new + 1))
    kept = {new: other, new + 1: b"<</Type/Pages/Count 0/Kids[]>>"}
    yield "shadow-catalog", plain.update(kept), lambda s: (s.update({s.size: b"0"}, root=new), ("unsigned", *changed(s.size)))
    yield "shadow-replace", plain.update({new: white}), lambda s: (older(s, content, new), ("pdf",))
    layers = with_key(plain.catalog(), b"OCProperties", b"<</OCGs[%d 0 R]/D %d 0 R>>" % (new, new + 1))
    off = {plain.root: layers, new: b"<</Type/OCG/Name(x)>>", new + 1: b"<</OFF[%d 0 R]>>" % new}
    yield "shadow-layer", plain.update(off), lambda s: (s.update({new + 1: b"<</ON[%d 0 R]>>" % new}), changed(new + 1))
    list_of = with_key(body, b"Contents", b"%d 0 R" % new)
    yield "shadow-list", plain.update({page: list_of, new: b"[%d 0 R]" % content}), lambda s: (
        s.update({new: b"[%d 0 R %d 0 R]" % (content, s.size), s.size: white}), changed(new))
    # the page's contents are said to be certificates too
    both = {page: list_of, new: b"[%d 0 R]" % content, plain.root: with_key(plain.catalog(), b"DSS", b"<</Certs %d 0 R>>" % new)}
    yield "shadow-store", plain.update(both), lambda s: (s.update({new: b"[]"}), changed(new))


def older(signed, number, other):
    """A table that gives an object the bytes of another one that was there before the signature."""
    at = signed.data.index(b"\n%d 0 obj" % other) + 1
    start = len(signed.data)
    return signed.data + b"xref\n0 1\n0000000000 65535 f \n%d 1\n%010d 00000 n \n" % (number, at) + (
        b"trailer\n<</Size %d/Root %d 0 R/Prev %d" % (signed.size, signed.root, signed.xref)
    ) + (signed.info[0] if signed.info else b"") + signed.id + b">>\nstartxref\n%d\n%%%%EOF\n" % start


ROOM = 8000  # bytes of a timestamp token


def stamped(pdf, changes, number):
    """The file with one more revision that has a document timestamp as that object, from the authority at TSA_URL."""
    digits = b"0" * (2 * ROOM)
    empty = b"/ByteRange [0 0000000000 0000000000 0000000000]"
    value = b"<</Type/DocTimeStamp/SubFilter/ETSI.RFC3161/Filter/Adobe.PPKLite" + empty + b"/Contents <" + digits + b">>>"
    data = pdf.update(changes | {number: value})
    at = data.rindex(empty)
    start = data.index(b"<0", at)
    end = start + len(digits) + 2
    data = data.replace(empty, (b"/ByteRange [0 %d %d %d]" % (start, end, len(data) - end)).ljust(len(empty)))
    hashed = hashlib.sha256(data[:start] + data[end:]).hexdigest()
    run = lambda *a, **k: subprocess.run(["openssl", "ts", *a], check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, **k).stdout
    query = run("-query", "-digest", hashed, "-sha256", "-cert")
    request = urllib.request.Request(os.environ["TSA_URL"], query, {"Content-Type": "application/timestamp-query"})
    token = run("-reply", "-in", "/dev/stdin", "-token_out", input=urllib.request.urlopen(request).read())
    return data[: start + 1] + token.hex().encode().ljust(len(digits), b"0") + data[end - 1 :]


def unsealed(plain):
    """What waits for its seal is not certified for good, so the field has another name."""
    return plain.data.replace(b"/T (seal)", b"/T (zeal)")


def timestamps(plain, sign):
    """Anybody can get a timestamp: it shows nothing, and no array grows by its field but those of fields."""
    for name, options in ("", ()), ("-certified", ("--certify", "1")):
        signed = sign(unsealed(plain) if options else plain.data, "--field", "signer", *options)
        seal, new = signed.field("zeal" if options else "seal"), signed.size
        shown = stream(b"1 0 0 rg 0 0 99 99 re f", b"/Type/XObject/Subtype/Form/BBox[0 0 99 99]")
        field = with_key(with_key(signed.objects[seal], b"V", b"%d 0 R" % new), b"AP", b"<</N %d 0 R>>" % (new + 1))
        yield f"timestamp-in-seal{name}", stamped(signed, {seal: field, new + 1: shown}, new), changed(seal)
    page, new = plain.page(), plain.size
    lists = with_key(plain.objects[page], b"Contents", b"%d 0 R" % new)
    form = plain.find(rb"/Fields ?\[")
    prepared = plain.update({page: lists, new: b"[%d 0 R]" % contents_of(plain.objects[page])})
    signed = sign(prepared, "--field", "signer")
    field = signed.size
    unseen = b"<</FT/Sig/T(x)/Type/Annot/Subtype/Widget/F 132/Rect[0 0 0 0]/V %d 0 R>>" % (field + 1)
    grown = signed.objects[new][:-1] + b" %d 0 R]" % field
    fields = re.sub(rb"(/Fields ?\[[^\]]*)\]", rb"\1 %d 0 R]" % field, signed.objects[form])
    yield "contents-grow", stamped(signed, {field: unseen, new: grown, form: fields}, field + 1), changed(new)


def readings(signed):
    """What is the same for some programs and not for others."""
    page = signed.page()
    yield "page-null", signed.update({page: with_key(signed.objects[page], b"Rotate", b"null")}), changed(page)
    font = signed.find(rb"/CIDFontType2", rb"/W ?\[? ?\d")
    number = int(m[1]) if (m := re.search(rb"/W (\d+) 0 R", signed.objects[font])) else font
    widths = re.sub(rb"(^|/W) ?\[ ?(\d+)", rb"\1[\2.0", signed.objects[number], count=1)
    yield "widths-real", signed.update({number: widths}), changed(number)


def repairs(plain, sign, out):
    """A hidden object that takes the place of a page's content in programs that repair a file; and what makes them do so."""
    content, new = contents_of(plain.objects[plain.page()]), plain.size
    inside = b"\nendstream\nendobj\n%d 0 obj\n" % content + stream(b"0 1 0 rg 100 400 300 200 re f") + b"\nendobj\n"
    piece = b"<</X<</LastModified(D:20230101000000)/Private %d 0 R>>>>" % new
    hiding = b"<</Length %d 0 R>>\nstream\n" % (new + 1) + inside + b"\nendstream"
    catalog = with_key(plain.catalog(), b"PieceInfo", piece)
    signed = sign(plain.update({plain.root: catalog, new: hiding, new + 1: b"%d" % len(inside)}), "--field", "signer")
    (out / "valid" / "hidden-object.pdf").write_bytes(signed.data)
    store = {signed.root: with_key(signed.catalog(), b"DSS", b"<</Type/DSS>>")}
    table, as_stream = signed.update(store), signed.update_as_stream(store)
    yield "hidden-object", table, changed(new)
    yield "hidden-object-stream", as_stream, changed(new)
    tail = len(signed.data)
    for name, find, put in (
        ("xref-comment", b"\nxref\n", b"\nxref\n%c\n"),
        ("xref-nul", b"\nxref\n", b"\nxref\0\n"),
        ("group-blanks", b"\n0 1\n", b"\n0 1   \n"),
        ("trailer-comment", b"trailer\n", b"trailer %c\n"),
        ("startxref-comment", b"startxref\n", b"startxref\n%\n"),
        ("startxref-formfeed", b"startxref\n", b"startxref\f\0"),
    ):
        assert find in table[tail:]
        yield f"repair-{name}", table[:tail] + table[tail:].replace(find, put, 1), ("pdf",)
    at = as_stream.rindex(b"/XRef/W[1 4 1]")
    yield "repair-xrefstm", as_stream[:at] + b"/XRef/XRefStm 5" + as_stream[at + 5 :], ("pdf",)
    wide = re.search(rb"stream\n(.*)\nendstream", as_stream[at:], re.S)[1]
    rows = b"".join(bytes(7) + wide[i : i + 1] + bytes(4) + wide[i + 1 : i + 5] + bytes(7) + wide[i + 5 : i + 6] for i in range(0, len(wide), 6))
    head = as_stream[at:].replace(b"[1 4 1]", b"[8 8 8]").replace(b"/Length %d" % len(wide), b"/Length %d" % len(rows)).replace(wide, rows)
    yield "repair-widths", as_stream[:at] + head, ("pdf",)


def two_tables(signed, content):
    """A hybrid whose table takes a page's content away, while its stream says that it is where it was."""
    at, new = signed.data.index(b"\n%d 0 obj" % content) + 1, signed.size
    start = len(signed.data)
    head = b"/Type/XRef/W[1 4 1]/Index[%d 1]/Size %d/Root %d 0 R" % (content, new + 1, signed.root)
    data = signed.data + b"%d 0 obj\n" % new + stream(bytes([1]) + at.to_bytes(4, "big") + b"\0", head) + b"\nendobj\n"
    table = b"xref\n0 1\n0000000000 65535 f \n%d 1\n0000000000 00001 f \n%d 1\n%010d 00000 n \n" % (content, new, start)
    trailer = b"trailer\n<</Size %d/Root %d 0 R/Prev %d" % (new + 1, signed.root, signed.xref) + (signed.info[0] if signed.info else b"")
    end = signed.id + b"/XRefStm %d>>\nstartxref\n%d\n%%%%EOF\n" % (start, len(data))
    return data + table + trailer + end


def grown_to_length(signed):
    """A first version that says it is as long as the whole file is now: programs that believe it show only that."""
    said = re.search(rb"/L (\d+)", signed.data)
    whole = b"%d" % (9 * 10 ** (len(said[1]) - 1))
    store = with_key(signed.catalog(), b"DSS", b"<</Type/DSS>>")
    store += b" " * (int(whole) - len(signed.update({signed.root: store})))
    data = signed.update({signed.root: store})
    assert len(data) == int(whole)
    return data[: said.start(1)] + whole + data[said.end(1) :]


def slow(signed):
    """Small files that take long where each key is looked for among all, or each name copied."""
    page = signed.page()
    keys = signed.objects[page][:-2] + b"".join(b"/k%d 1" % i for i in range(100000))
    once = Pdf(signed.update({page: keys + b">>"}))
    yield "many-keys", once.update({page: keys + b"/x 1>>"}), changed(page)
    names = b"<</T(" + b"a" * 100000 + b")/Kids[" + b"<</T(b)/FT/Tx>>" * 10000 + b"]>>"
    yield "long-names", signed.update({signed.field("number"): names}), ("form",)


class Signer:
    def __init__(self, pki, out):
        self.pki, self.out = pki, out

    def __call__(self, data, *options, key="signer"):
        before, after = self.out / "before", self.out / "after"
        before.write_bytes(data)
        after.unlink(missing_ok=True)
        keys = ["--key", f"{self.pki}/{key}.key", "--cert", f"{self.pki}/{key}-chain.pem"]
        subprocess.run([os.environ["KEHOACH"], "sign", before, "-o", after, *keys, *options], check=True, stderr=subprocess.PIPE)
        signed = Pdf(after.read_bytes())
        before.unlink()
        after.unlink()
        return signed


def certified(sign, plain):
    """Where the chairman allows no change, nobody may sign; where he allows signatures, nothing else is."""
    for level in "123":
        name = "zeal" if level == "1" else "seal"
        signed = sign(unsealed(plain) if level == "1" else plain.data, "--field", "signer", "--certify", level)
        seal, number = signed.field(name), signed.field("number")
        content = contents_of(signed.objects[signed.page()])
        yield f"certified-{level}-content", signed.update({content: stream(b"")}), changed(content)
        if level == "1":
            value = {seal: with_key(signed.objects[seal], b"V", b"%d 0 R" % signed.size), signed.size: b"<</Type/Sig>>"}
            yield "certified-1-signed", signed.update(value), changed(seal)
            yield "certified-1-filled", signed.update(fill(signed, number, b"66", b"66")), changed(number)
        permissions = re.sub(rb"/Perms ?<<.*?>>", b"", signed.catalog())
        yield f"certified-{level}-lifted", signed.update({signed.root: permissions}), changed(signed.root)


def everything(plain, packed, linear, sign, out):
    signed = sign(plain.data, "--field", "signer")
    sealed = sign(signed.data, "--field", "seal", "--number", "66", "--date", "2023-03-09", key="second")
    packed_signed = sign(packed.data, "--field", "signer")
    packed_sealed = sign(packed_signed.data, "--field", "seal", "--number", "66", "--date", "2023-03-09", key="second")
    for name, data in harmless(signed, packed_signed):
        (out / "valid" / f"{name}.pdf").write_bytes(data)
    for name, pdf in ("signed", signed), ("sealed", sealed), ("packed-signed", packed_signed), ("packed-sealed", packed_sealed):
        (out / "valid" / f"{name}.pdf").write_bytes(pdf.data)
    yield from changes(signed, sealed)
    grown = sign(sealed.data, "--field", "more", key="second")
    (out / "valid" / "grown.pdf").write_bytes(grown.data)
    yield from tree_changes(sealed, grown)
    yield from bytes_moved(signed)
    yield from packed_attacks(packed_signed, packed_sealed)
    yield from certified(sign, plain)
    yield from timestamps(plain, sign)
    yield from readings(signed)
    yield from repairs(plain, sign, out)
    yield "hybrid-takes-away", two_tables(signed, contents_of(signed.objects[signed.page()])), ("pdf",)
    yield "linearized-length", grown_to_length(sign(linear, "--field", "signer")), ("pdf",)
    yield from slow(signed)
    for name, prepared, attack in shadows(plain):
        signed = sign(prepared, "--field", "signer")
        if name != "shadow-store":  # what is in its store is no certificate
            (out / "valid" / f"{name}.pdf").write_bytes(signed.data)
        yield name, *attack(signed)


def main():
    plain, packed = (Pdf(Path(p).read_bytes()) for p in sys.argv[1:3])
    linear = Path(sys.argv[3]).read_bytes()
    out = Path(sys.argv[5])
    (out / "valid").mkdir(parents=True)
    n = 0
    for name, data, want in everything(plain, packed, linear, Signer(sys.argv[4], out), out):
        assert not (out / f"{name}.pdf").exists(), name
        (out / f"{name}.pdf").write_bytes(data)
        (out / f"{name}.want").write_text(" ".join(str(w) for w in want) + "\n")
        n += 1
    print(n)


if __name__ == "__main__":
    main()
