#!/usr/bin/env python3
"""Changes a finished PDF in one way at a time; kehoach lint must find just that.

  lint_mutants.py PLAN.pdf ATTACHED.pdf FOLDER     exit 1 if a change is not found, or is found as something else

Each change is made in the form that qpdf writes for people (--qdf), and the table of objects is made anew by fix-qdf.
"""
import os
import re
import subprocess
import sys

KEHOACH = os.environ.get("KEHOACH", "out/bin/kehoach")
OBJECT = re.compile(rb"^(\d+) 0 obj\n.*?^endobj$", re.S | re.M)


def sub(pattern, new, count=1):
    """What the first matches of the pattern are replaced by."""

    def change(text):
        return re.sub(pattern, lambda m: m.expand(new) if callable(getattr(m, "expand", None)) else new, text, count, re.S | re.M)

    return change


def inside(marker, pattern, new, nth=0):
    """The same in the nth object that the marker matches."""

    def change(text):
        found = [m for m in OBJECT.finditer(text) if re.search(marker, m[0], re.S | re.M)]
        if len(found) <= nth:
            return text
        m = found[nth]
        return text[: m.start()] + re.sub(pattern, new, m[0], 1, re.S | re.M) + text[m.end() :]

    return change


def add(marker, entries, nth=0):
    """Entries at the front of the object's dictionary."""
    return inside(marker, rb"obj\n<<\n", b"obj\n<<\n" + entries + b"\n", nth)


def late(change):
    """One that keeps all places as they are, after the table of objects was made."""
    change.is_late = True
    return change


def number(text, marker, nth=0):
    found = [m for m in OBJECT.finditer(text) if re.search(marker, m[0], re.S | re.M)]
    return found[nth][1]


def append(body):
    """One more object, of the number that /Size says."""

    def change(text):
        size = re.search(rb"/Size (\d+)", text)[1]
        n = int(size) + 1
        objects = b"\n%s 0 obj\n%s\nendobj\n" % (size, body.replace(b"/Length 0", b"/Length %d 0 R" % n))
        if b"stream" in body:
            objects += b"\n%%QDF: ignore_newline\n%d 0 obj\n0\nendobj\n" % n
        at = text.rindex(b"\nxref\n")
        text = text[:at] + objects + text[at:]
        return re.sub(rb"/Size \d+", b"/Size %d" % (n + (b"stream" in body)), text, 1)

    return change


def both(*changes):
    def change(text):
        for one in changes:
            new = one(text)
            if new == text:
                return None
            text = new
        return text

    return change


def swap_kids(marker, first, second):
    def change(text):
        m = next(m for m in OBJECT.finditer(text) if re.search(marker, m[0], re.S | re.M))
        kids = re.search(rb"/K \[\n(.*?)\n  \]", m[0], re.S)
        items = kids[1].split(b"\n")
        items[first], items[second] = items[second], items[first]
        body = m[0][: kids.start(1)] + b"\n".join(items) + m[0][kids.end(1) :]
        return text[: m.start()] + body + text[m.end() :]

    return change


def caption_second(text):
    """The caption of the first table that has one goes behind the first row."""
    caption = {m[1] for m in OBJECT.finditer(text) if re.search(elem(rb"Caption"), m[0], re.S | re.M)}
    for table in OBJECT.finditer(text):
        kid = re.search(rb"/K \[\n\s+(\d+) 0 R\n", table[0])
        if kid and kid[1] in caption and re.search(elem(rb"Table"), table[0], re.S | re.M):
            return swap_kids(rb"\A" + re.escape(table[0][:16]), 0, 1)(text)
    raise SystemExit("no table has a caption")


def move_kid(role, parent):
    """The first kid of an element of the role goes to the first element of the other."""

    def change(text):
        objects = {m[1]: m for m in OBJECT.finditer(text)}
        source = next(m for m in objects.values() if re.search(role, m[0], re.M))
        target = number(text, parent)
        kid = re.search(rb"/K \[\n\s+(\d+) 0 R\n", source[0])[1]
        text = text.replace(source[0], re.sub(rb"(/K \[\n)\s+\d+ 0 R\n", rb"\1", source[0], 1), 1)
        body = next(m for m in OBJECT.finditer(text) if m[1] == target)
        new = re.sub(rb"/K \[\n", b"/K [\n    " + kid + b" 0 R\n", body[0], 1)
        text = text[: body.start()] + new + text[body.end() :]
        body = next(m for m in OBJECT.finditer(text) if m[1] == kid)
        new = re.sub(rb"/P \d+ 0 R", b"/P " + target + b" 0 R", body[0], 1)
        return text[: body.start()] + new + text[body.end() :]

    return change


def neighbours_header(text):
    """A cell takes the headers of the next one."""
    cells = [m for m in OBJECT.finditer(text) if re.search(elem(rb"TD"), m[0], re.S | re.M) and b"/Headers [" in m[0]]
    lists = [re.search(HEADERS, m[0], re.S | re.M)[0] for m in cells]
    first = next(i for i in range(len(lists) - 1) if lists[i] != lists[i + 1])
    new = cells[first][0].replace(lists[first], lists[first + 1])
    return text[: cells[first].start()] + new + text[cells[first].end() :]


def itself(text):
    """A header cell names itself."""
    cell = next(m for m in OBJECT.finditer(text) if re.search(elem(rb"TH"), m[0], re.S | re.M) and b"/Scope /Column" in m[0])
    name = re.search(rb"/ID (\(.*?\))", cell[0])[1]
    new = re.sub(rb"^    /Headers \[.*?\]\n", b"", cell[0], 1, re.S | re.M).replace(b"/Scope", b"/Headers [" + name + b"] /Scope")
    return text[: cell.start()] + new + text[cell.end() :]


def elem(role):
    return rb"^  /S /" + role + rb"$.*^  /Type /StructElem$"


# The list of a cell's header cells: what stands before, the first, the others, what stands behind.
HEADERS = rb"(/Headers \[\n)(\s+\(c\d+\))((?:\n\s+\(c\d+\))*)(\n\s+\])"
CATALOG = rb"^  /Type /Catalog$"
PAGE = rb"^  /Type /Page$"
LINK = rb"^  /Subtype /Link$"
WIDGET = rb"^  /Subtype /Widget$"
XMP = rb"^  /Type /Metadata$"
INFO = rb"^  /Producer \("
TREE = rb"^  /Type /StructTreeRoot$"
CIDFONT = rb"^  /Subtype /CIDFontType2$"
# The first font of content: WinAnsi, embedded.
TEXTFONT = rb"^  /Encoding /WinAnsiEncoding$"
TYPE0 = rb"^  /Subtype /Type0$"
FORM = rb"^  /Subtype /Form$.*^/Tx BMC$"
OUTLINES = rb"^  /Type /Outlines$"
BOOKMARK = rb"^  /Title .*^  /(?:Next|Prev) |^  /Next .*^  /Title "
CONTENT = rb"%% Contents for page 1\n"
STATE = rb"^  /ExtGState <<$"
TEXTCONTENT = rb"^/P << /MCID 1 >> BDC$"
DESTS = rb"^    \(a0\)$"
OUTPUT = rb"^  /S /GTS_PDFA1$"
RGB = rb"^  /N 3$"

# rule, what, change
MUTANTS = [
    ("pdf-header", "no comment of bytes", sub(rb"\A(%PDF-1\.7\n)%[^\n]*\n", rb"\1%abc\n")),
    ("pdf-header", "version 2.0", sub(rb"\A%PDF-1\.7", rb"%PDF-2.0")),
    ("trailer-id", "no ID", sub(rb"^  /ID \[.*?\]\n", rb"")),
    ("object-syntax", "obj and its value on a line", late(sub(rb"^1 0 obj\n<<", rb"1 0 obj <<"))),
    ("stream-end", "no line end before endstream", late(inside(rb"^\d+ 0 obj\n51$", rb"^51$", rb"52"))),
    ("stream-external", "bytes elsewhere", append(b"<<\n  /F (other.bin)\n  /Length 0\n>>\nstream\n\nendstream")),
    ("stream-filter", "a filter of its own", append(b"<<\n  /Filter /LZWDecode\n  /Length 0\n>>\nstream\n\nendstream")),
    ("pdf-limits", "a number too large", add(INFO, b"  /Big 4294967296")),
    ("pdf-limits", "a name too long", add(INFO, b"  /" + b"n" * 128 + b" 1")),
    ("pdf-limits", "q too deep", sub(CONTENT + rb"(.*?stream\n)", CONTENT + rb"\1" + b"q " * 29 + b"Q " * 29 + b"\n")),
    ("permissions", "an unknown permission", add(CATALOG, b"  /Perms << /Other 1 0 R >>")),
    ("action", "a script as an action", inside(LINK, rb"^  /Dest \(.*?\)$", rb"  /A << /S /JavaScript /JS (1) >>")),
    ("action", "a program started", inside(LINK, rb"^  /Dest \(.*?\)$", rb"  /A << /S /Launch /F (x) >>")),
    ("action", "scripts by name", inside(CATALOG, rb"/Names <<", rb"/Names << /JavaScript << /Names [] >>")),
    ("action", "a named action of its own", inside(LINK, rb"^  /Dest \(.*?\)$", rb"  /A << /S /Named /N /Print >>")),
    ("additional-actions", "AA of a page", add(PAGE, b"  /AA << >>")),
    ("open-action", "an action on opening", add(CATALOG, b"  /OpenAction << /S /URI /URI (x:) >>")),
    ("xfa", "an XFA form", add(rb"^  /Fields \[$", b"  /XFA (x)")),
    ("need-appearances", "fields not drawn", add(rb"^  /Fields \[$", b"  /NeedAppearances true")),
    ("embedded-file", "an attached file in part 2", add(CATALOG, b"  /Odd << /EF << /F 1 0 R >> >>")),
    ("xobject", "PostScript", add(FORM, b"  /PS 1 0 R")),
    ("xobject", "a form of another file", add(FORM, b"  /Ref << >>")),
    ("layers", "a layer configuration without name", add(CATALOG, b"  /OCProperties << /D << >> /OCGs [] >>")),
    ("metadata", "of another type", inside(XMP, rb"/Subtype /XML", rb"/Subtype /XMP")),
    ("xmp-syntax", "an element not closed", inside(XMP, rb"</dc:format>", rb"")),
    ("xmp-syntax", "no UTF-8", inside(XMP, rb"application/pdf", lambda m: b"application/\xff")),
    ("xmp-packet", "an encoding in the packet", inside(XMP, rb' id="W5M0', rb' encoding="UTF-8" id="W5M0')),
    ("xmp-extension", "a property that is not described", inside(XMP, rb"<pdfaProperty:name>TypeName<", rb"<pdfaProperty:name>TypeNam<")),
    ("xmp-extension", "pdfuaid not described", inside(XMP, rb"<pdfaProperty:name>part<", rb"<pdfaProperty:name>parts<")),
    ("xmp-extension", "a name that pdf has not", inside(XMP, rb"<pdf:Producer>(.*?)</pdf:Producer>", rb"<pdf:Producer>\1</pdf:Producer><pdf:Maker>x</pdf:Maker>")),
    ("xmp-schema", "a schema without prefix", inside(XMP, rb"<pdfaSchema:prefix>.*?</pdfaSchema:prefix>", rb"")),
    ("xmp-schema", "a property without type", inside(XMP, rb"<pdfaProperty:valueType>.*?</pdfaProperty:valueType>", rb"")),
    ("claim", "part 4", inside(XMP, rb"<pdfaid:part>2", rb"<pdfaid:part>4")),
    ("claim", "conformance B", inside(XMP, rb"<pdfaid:conformance>A", rb"<pdfaid:conformance>B")),
    ("claim", "UA part 2", inside(XMP, rb"<pdfuaid:part>1", rb"<pdfuaid:part>2")),
    ("info-xmp", "another author", inside(INFO, rb"/Author <feff....", rb"/Author <feff0041")),
    ("info-xmp", "another date", inside(INFO, rb"/ModDate \(D:20210401", rb"/ModDate (D:20210402")),
    ("info-xmp", "a date without D:", inside(INFO, rb"/CreationDate \(D:", rb"/CreationDate (")),
    ("title", "no title", both(inside(XMP, rb"<dc:title>.*?</dc:title>", rb""), inside(INFO, rb"^  /Title [^\n]*\n", rb""))),
    ("language", "no language", inside(CATALOG, rb"^  /Lang [^\n]*\n", rb"")),
    ("language", "no language tag", inside(CATALOG, rb"/Lang \(vi-VN\)", rb"/Lang (Vietnamese language)")),
    ("mark-info", "not marked", inside(CATALOG, rb"/Marked true", rb"/Marked false")),
    ("mark-info", "suspects", inside(CATALOG, rb"/Marked true", rb"/Marked true /Suspects true")),
    ("display-title", "the file's name shown", inside(CATALOG, rb"/DisplayDocTitle true", rb"/DisplayDocTitle false")),
    ("struct-root", "no tree", inside(CATALOG, rb"^  /StructTreeRoot [^\n]*\n", rb"")),
    ("output-intent", "none", inside(CATALOG, rb"/OutputIntents", rb"/OutputIntention")),
    ("output-intent", "without profile", inside(OUTPUT, rb"^  /DestOutputProfile [^\n]*\n", rb"")),
    ("icc-profile", "four colours said", inside(RGB, rb"/N 3", rb"/N 4")),
    ("icc-profile", "no profile", inside(RGB, rb"acsp", rb"xxxx")),
    ("device-colour", "ink", sub(CONTENT + rb"(.*?)stream\n", CONTENT + rb"\1stream\n0 0 0 1 k\n")),
    ("colour-space", "an unknown one", inside(PAGE, rb"/CS /DeviceRGB", rb"/CS [/Odd 1]")),
    ("rendering-intent", "an unknown one", sub(CONTENT + rb"(.*?)stream\n", CONTENT + rb"\1stream\n/Nice ri\n")),
    ("graphics-state", "a transfer function", inside(STATE, rb"/CA 1", rb"/CA 1 /TR /Identity")),
    ("blend-mode", "an unknown one", inside(STATE, rb"/CA 1", rb"/CA 1 /BM /Mix")),
    ("page-tree", "a wrong count", inside(rb"^  /Type /Pages$", rb"/Count \d+", rb"/Count 3")),
    ("page-tree", "a parent that is not", inside(PAGE, rb"/Parent \d+ 0 R", rb"/Parent 1 0 R")),
    ("page-box", "too small", inside(PAGE, rb"595\.275574", rb"2.0")),
    ("page-box", "cropped to more", add(PAGE, b"  /CropBox [0 0 900 900]")),
    ("resource", "a font that is not there", sub(rb"^/f-0-0 1 Tf$", rb"/f-9-9 1 Tf /f-0-0 1 Tf")),
    ("operator", "an unknown one", sub(CONTENT + rb"(.*?)stream\n", CONTENT + rb"\1stream\nxyz\n")),
    ("operator", "an operand too few", sub(CONTENT + rb"(.*?)stream\n", CONTENT + rb"\1stream\n1 0 0 RG 1 1 RG\n")),
    ("q-balance", "a q too many", sub(CONTENT + rb"(.*?)stream\n", CONTENT + rb"\1stream\nq\n")),
    ("q-balance", "a Q too many", sub(CONTENT + rb"(.*?)stream\n", CONTENT + rb"\1stream\nQ\n")),
    ("text-object", "ET twice", sub(rb"^ET\nEMC$", rb"ET ET\nEMC")),
    ("mark-balance", "EMC too many", sub(rb"^ET\nEMC$", rb"ET\nEMC EMC")),
    ("mark-balance", "a mark left open", sub(CONTENT + rb"(.*?)stream\n", CONTENT + rb"\1stream\n/Span BMC\n")),
    ("untagged-content", "a line drawn", sub(CONTENT + rb"(.*?)stream\n", CONTENT + rb"\1stream\n0 0 m 9 9 l S\n")),
    ("untagged-content", "an artifact that is none", sub(rb"/Artifact <</Type /Layout>> BDC", rb"/Layout BMC")),
    ("artifact", "in tagged content", sub(rb"(/MCID \d+ >> BDC\n)", rb"\1/Artifact BMC EMC\n")),
    ("artifact", "tagged content in one", sub(rb"^(/P << /MCID \d+ >> BDC)$(.*?^EMC)$", rb"/Artifact BMC \1\2 EMC")),
    ("mcid-twice", "twice on a page", sub(rb"(<< /MCID 2 >> BDC.*?)(?=<< /MCID 4 >>)", rb"\1<< /MCID 2 >> BDC EMC /P ")),
    ("mcid-owner", "content that no element has", sub(CONTENT + rb"(.*?)stream\n", CONTENT + rb"\1stream\n/P << /MCID 9999 >> BDC EMC\n")),
    ("mcid-owner", "content of two elements", inside(elem(rb"P"), rb"/K \d+$", rb"/K [0 1]", 0)),
    ("mcid-lost", "content that is not there", inside(elem(rb"TH"), rb"/K (\d+)$", rb"/K [ \1 9999 ]")),
    ("mcid-form", "in a form", inside(FORM, rb"/Tx BMC", rb"/Tx << /MCID 0 >> BDC")),
    ("mark-properties", "a text that is none", sub(rb"^BT$", rb"/Span << /ActualText <feffd800> >> BDC EMC BT")),
    ("mark-properties", "a language that is none", sub(rb"^BT$", rb"/Span << /Lang (?) >> BDC EMC BT")),
    ("parent-tree", "another element", "parent"),
    ("parent-tree", "out of order", inside(rb"^  /Nums \[$", rb"(    0\n.*?\n)(    1\n.*?\n)", rb"\2\1")),
    ("font-kind", "a Type 1 font", inside(TEXTFONT, rb"/Subtype /TrueType", rb"/Subtype /Type1")),
    ("font-embedded", "not embedded", inside(rb"^  /FontFile2 ", rb"^  /FontFile2 [^\n]*\n", rb"")),
    ("font-program", "no program", inside(rb"^  /Length1 \d+$|\x00\x01\x00\x00\x00.{40,80}(?:cmap|glyf)", rb"\x00\x01\x00\x00", lambda m: b"\x00\x09\x00\x00")),
    ("font-cidtogidmap", "none", inside(CIDFONT, rb"^  /CIDToGIDMap [^\n]*\n", rb"")),
    ("font-encoding", "of its own", inside(TEXTFONT, rb"/Encoding /WinAnsiEncoding", rb"/Encoding /PDFDocEncoding")),
    ("font-encoding", "a symbol font with one", inside(rb"^  /Flags 32$.*LiberationSerif-Bold$", rb"/Flags 32", rb"/Flags 4")),
    ("font-unicode", "no ToUnicode", inside(TYPE0, rb"^  /ToUnicode [^\n]*\n", rb"")),
    ("font-unicode", "a code without", inside(rb"^<0001> <", rb"^<0001> <", rb"<7001> <")),
    ("font-unicode-value", "U+0000", inside(rb"^<0001> <", rb"^<0001> <....>", rb"<0001> <0000>")),
    ("font-unicode-value", "U+FEFF", inside(rb"^<0001> <", rb"^<0001> <....>", rb"<0001> <feff>")),
    ("font-notdef", "glyph 0", both(sub(rb"^<0001>Tj$", rb"<00010000>Tj"), sub(rb"^(\d+) beginbfchar\n(?=<0001>)", rb"1 beginbfchar\n<0000> <0041>\nendbfchar\n\1 beginbfchar\n", 99))),
    ("font-width", "another", inside(CIDFONT, rb"(/W \[\n\s+0\n\s+\[\n\s+\d+\n\s+)\d+", rb"\g<1>999")),
    ("annotation-kind", "a film", inside(LINK, rb"/Subtype /Link", rb"/Subtype /Movie")),
    ("annotation-flags", "not printed", inside(LINK, rb"/F 4", rb"/F 0")),
    ("annotation-flags", "hidden", inside(WIDGET, rb"/F 4", rb"/F 6")),
    ("annotation-text", "a link without", inside(LINK, rb"^  /Contents [^\n]*\n", rb"")),
    ("annotation-text", "a field without", inside(WIDGET, rb"^  /TU [^\n]*\n", rb"")),
    ("annotation-appearance", "none", inside(WIDGET, rb"^  /AP <<.*?>>\n", rb"")),
    ("annotation-appearance", "one when clicked", inside(WIDGET, rb"/AP <<\n", rb"/AP <<\n /D 40 0 R\n")),
    ("annotation-element", "a link in a Reference", inside(elem(rb"Link"), rb"/S /Link", rb"/S /Reference")),
    ("annotation-element", "a field in a P", inside(elem(rb"Form"), rb"/S /Form", rb"/S /P")),
    ("annotation-parent", "none", inside(LINK, rb"^  /StructParent [^\n]*\n", rb"")),
    ("annotation-parent", "another", inside(LINK, rb"/StructParent 1$", rb"/StructParent 2")),
    ("annotation-reference", "of no page", inside(rb"^  /Annots \[$", rb"(/Annots \[\n)\s+\d+ 0 R\n(?=\s+\d+ 0 R\n)", rb"\1", 1)),
    ("tabs", "none", inside(rb"^  /Tabs /S$", rb"^  /Tabs /S\n", rb"")),
    ("field-action", "an action", add(WIDGET, b"  /A << /S /URI /URI (x:) >>")),
    ("field", "that no form has", inside(rb"^  /Fields \[$", rb"(/Fields \[\n)\s+\d+ 0 R\n", rb"\1")),
    ("field", "without name", inside(WIDGET, rb"^  /T \([^\n]*\n", rb"")),
    ("link-target", "nowhere", inside(LINK, rb"/Dest \(a\d+\)", rb"/Dest (z9)")),
    ("bookmark", "without title", inside(BOOKMARK, rb"^  /Title [^\n]*\n", rb"")),
    ("bookmark", "another before it", inside(rb"^  /Prev \d+ 0 R$.*^  /Title ", rb"/Prev \d+ 0 R", rb"/Prev 1 0 R")),
    ("bookmark-target", "no page", inside(BOOKMARK, rb"(/Dest \[\n\s+)\d+ 0 R", rb"\g<1>1 0 R")),
    ("name-tree", "out of order", sub(rb"^(    \(a0\)\n.*?)(    \(a2\)\n    \[.*?\]\n)", rb"\2\1")),
    ("name-tree", "no page", sub(rb"^    \(a0\)$", rb"    (A0)\n    [1 0 R /Fit]\n    (a0)")),
    ("struct-document", "a part as root", inside(elem(rb"Document"), rb"/S /Document", rb"/S /Part")),
    ("struct-parent", "another", inside(elem(rb"LBody"), rb"/P \d+ 0 R", rb"/P 1 0 R")),
    ("struct-kid", "twice", inside(elem(rb"LI"), rb"(/K \[\n)(\s+\d+ 0 R\n)", rb"\1\2\2")),
    ("struct-kid", "no element", inside(elem(rb"TD"), rb"/K (\d+)$", rb"/K [ \1 (x) ]")),
    ("role", "unknown", inside(elem(rb"P"), rb"/S /P$", rb"/S /Paragraph")),
    ("role-map", "a standard type", add(TREE, b"  /RoleMap << /P /H1 >>")),
    ("role-map", "in a circle", add(TREE, b"  /RoleMap << /A1 /B1 /B1 /A1 >>")),
    ("heading", "a level skipped", inside(elem(rb"H2"), rb"/S /H2", rb"/S /H4")),
    ("heading", "both kinds", inside(elem(rb"H3"), rb"/S /H3", rb"/S /H")),
    ("list", "a paragraph as item", inside(elem(rb"LI"), rb"/S /LI$", rb"/S /Div")),
    ("list", "an item without body", inside(elem(rb"LBody"), rb"/S /LBody", rb"/S /Lbl")),
    ("table", "a row elsewhere", both(inside(elem(rb"Table"), rb"/S /Table", rb"/S /Div"), inside(elem(rb"Caption"), rb"/S /Caption", rb"/S /P"))),
    ("caption", "in the middle", caption_second),
    ("table-grid", "a span too many", inside(rb"/RowSpan 2", rb"/RowSpan 2", rb"/RowSpan 3")),
    ("table-grid", "a column too many", inside(rb"/ColSpan 5", rb"/ColSpan 5", rb"/ColSpan 6")),
    ("table-grid", "a class of attributes", inside(elem(rb"TD"), rb"/S /TD$", rb"/C /Wide /S /TD")),
    ("header-scope", "none", inside(rb"/RowSpan 2$.*" + elem(rb"TH"), rb"^    /Scope /Column\n", rb"")),
    ("cell-headers", "a cell alone", "alone"),
    ("cell-headers", "all cells of one header", sub(HEADERS, rb"\1\2\4", 0)),
    ("cell-headers", "the header of another column", neighbours_header),
    ("cell-headers", "the header of another column, too", inside(elem(rb"TD"), HEADERS, rb"\1\2\3\n      (c00000240)\4")),
    ("cell-headers", "the row's header alone", inside(elem(rb"TD"), rb"(/Headers \[\n)(?:\s+\(c\d+\)\n)+(\s+\(c\d+\)\n\s+\])", rb"\1\2")),
    ("cell-headers", "none named below two levels", sub(rb"^    /Headers \[.*?\]\n", rb"", 0)),
    ("cell-headers", "a table without header cells", both(sub(rb"^    /Headers \[.*?\]\n", rb"", 0), sub(rb"/S /TH$", rb"/S /TD", 0))),
    ("headers-id", "unknown", inside(elem(rb"TD"), rb"(/Headers \[\n\s+)\(c0", rb"\1(x0")),
    ("headers-id", "itself", itself),
    ("alternate-text", "a figure without", inside(elem(rb"P"), rb"/S /P$", rb"/S /Figure")),
    ("id-tree", "an ID that is not there", inside(elem(rb"P"), rb"/S /P$", rb"/ID (odd) /S /P")),
    ("id-tree", "another element", sub(rb"^  /Names \[\n    \(c0", rb"  /Names [\n    (a) 1 0 R\n    (c0")),
    ("struct-empty", "an empty paragraph", "empty"),
    ("struct-text", "an empty Alt", inside(elem(rb"P"), rb"/S /P$", rb"/Alt () /S /P")),
    ("struct-text", "a language that is none", inside(elem(rb"P"), rb"/S /P$", rb"/Lang (?) /S /P")),
    ("note", "without ID", inside(elem(rb"P"), rb"/S /P$", rb"/S /Note")),
    ("image-interpolate", "smoothed", "image", b"  /Interpolate true"),
    ("image-alternates", "another picture for print", "image", b"  /Alternates []"),
    ("rendering-intent", "of a picture", "image", b"  /Intent /Nice"),
    ("colour-space", "of a picture", "image", b"  /ColorSpace [/Odd 1]"),
    ("encrypted", "encrypted", sub(rb"^  /Size", rb"  /Encrypt << /Filter /Standard /V 1 /R 2 /O () /U () /P 0 >>\n  /Size")),
]
ATTACHED = [
    ("associated-file", "no relation", sub(rb"/AFRelationship /\w+", rb"")),
    ("associated-file", "no kind of file", inside(rb"^  /Type /EmbeddedFile$", rb"^  /Subtype [^\n]*\n", rb"")),
    ("associated-file", "not named by the catalog", inside(CATALOG, rb"^  /AF \[.*?\]\n", rb"")),
    ("embedded-file", "in part 2", inside(XMP, rb"<pdfaid:part>3", rb"<pdfaid:part>2")),
]


def page(operators):
    """Operators at the front of the first page's content."""
    return sub(CONTENT + rb"(.*?)stream\n", CONTENT + rb"\1stream\n" + operators + b"\n")


def stream(entries, data=b""):
    return b"<<\n  " + entries + b"\n  /Length 0\n>>\nstream\n" + data + b"\nendstream"


def with_object(body, then):
    """One more object, and what refers to it: a function of its number."""

    def change(text):
        size = int(re.search(rb"/Size (\d+)", text)[1])
        return then(size)(append(body)(text))

    return change


def link(action):
    return inside(LINK, rb"^  /Dest \(.*?\)$", b"  /A << " + action + b" >>")


def role(old, new, entries=b""):
    return inside(elem(old), rb"/S /" + old + rb"$", entries + b"/S /" + new)


def xobject(entries, data, marked=False):
    """A picture or form that a page paints, as an artifact or in tagged content."""

    def change(text):
        size = int(re.search(rb"/Size (\d+)", text)[1])
        text = append(stream(entries, data))(text)
        resources = number(text, STATE)
        text = inside(STATE, rb"^  /ExtGState <<$", b"  /XObject << /Odd %d 0 R >>\n  /ExtGState <<" % size)(text)
        page = next(m for m in OBJECT.finditer(text) if re.search(rb"/Resources " + resources + rb" 0 R", m[0]))
        content = re.search(rb"/Contents (\d+) 0 R", page[0])[1]
        front = rb"(^" + content + rb" 0 obj\n.*?stream\n" + (rb".*?/MCID \d+ >> BDC\n)" if marked else b")")
        return re.sub(front, rb"\1/Odd Do\n" if marked else rb"\1/Artifact BMC /Odd Do EMC\n", text, 1, re.S | re.M)

    return change


def other_prefix(name):
    def change(text):
        for before, behind in ((b"", b":"), (b"xmlns:", b"="), (b"prefix>", b"<")):
            text = text.replace(before + name + behind, before + b"zzz" + behind)
        return text

    return change


def annotation(kind):
    """The fields become annotations of another kind."""

    def change(text):
        text = text.replace(b"/Subtype /Widget", b"/Contents (x) /Subtype /" + kind)
        return re.sub(rb"\n  /AcroForm \d+ 0 R", b"", re.sub(rb"/S /Form$", b"/S /Annot", text, flags=re.M))

    return change


def inherited(text):
    """The resources of a page are those of the tree."""
    m = re.search(rb"  /Resources \d+ 0 R\n", text[text.index(b"/Type /Page\n") - 2000 :])
    return text.replace(m[0], b"").replace(b"  /Type /Pages\n", m[0] + b"  /Type /Pages\n", 1)


PICTURE = b"/Type /XObject /Subtype /Image /Width 1 /Height 1 "
BOX = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << >>"
RGB8 = b" /BitsPerComponent 8 /ColorSpace /DeviceRGB"
PARTSOF = rb"<rdf:Seq><rdf:li>(.*?)</rdf:li></rdf:Seq>"
NO_DATE = inside(INFO, rb"^  /CreationDate[^\n]*\n", rb"")
# What was not found once: actions, catalog, colours, pictures, fonts, XMP, places of elements.
MUTANTS += [
    *(("action", f"/{kind.decode()}", link(b"/S /" + kind)) for kind in (b"SetState", b"NOP", b"Foo")),
    ("action", "a script of another type", link(b"/Type /Act /S /JavaScript")),
    ("action", "a program of another type, later", link(b"/S /URI /URI (x:) /Next << /Type /Act /S /Launch /F (x) >>")),
    ("action", "one of several later", link(b"/S /URI /URI (x:) /Next [<< /S /URI /URI (y:) >> << /S /Sound >>]")),
    ("action", "of a bookmark", inside(rb"^  /Prev \d+ 0 R$.*^  /Title ", rb"^  /Dest \[.*?\]$", rb"  /A << /Type /Foo /S /Launch /F (x) >>")),
    ("field-action", "of a field that has widgets", with_object(b"<<\n  /FT /Tx\n  /T (p)\n  /A << /S /URI /URI (x) >>\n  /Kids []\n>>",
        lambda n: inside(rb"^  /Fields \[$", rb"/Fields \[\n", b"/Fields [\n %d 0 R\n" % n))),
    ("presentation", "steps of a page", add(PAGE, b"  /PresSteps << >>")),
    ("presentation", "another one by name", inside(CATALOG, rb"/Names <<", rb"/Names << /AlternatePresentations << /Names [] >>")),
    ("requirements", "of the catalog", add(CATALOG, b"  /Requirements []")),
    ("layers", "two of a name", add(CATALOG, b"  /OCProperties << /D << /Name (a) >> /Configs [ << /Name (a) >> ] /OCGs [] >>")),
    ("layers", "one that no order has", with_object(b"<<\n  /Type /OCG\n  /Name (l)\n>>",
        lambda n: add(CATALOG, b"  /OCProperties << /D << /Name (a) /Order [] >> /OCGs [%d 0 R] >>" % n))),
    ("permissions", "a digest of what is signed", add(INFO, b"  /Odd << /TransformMethod /DocMDP /DigestValue (x) >>")),
    ("metadata", "of a page", with_object(stream(b"/Type /Metadata /Subtype /XML", b"none"), lambda n: add(PAGE, b"  /Metadata %d 0 R" % n))),
    ("output-intent", "a profile elsewhere", add(OUTPUT, b"  /DestOutputProfileRef << >>")),
    ("output-intent", "another profile", with_object(stream(b"/N 3", b"zzz"),
        lambda n: inside(CATALOG, rb"/OutputIntents \[", b"/OutputIntents [ << /S /GTS_PDFX /DestOutputProfile %d 0 R >> " % n))),
    ("icc-profile", "of a scanner", inside(RGB, rb"mntr", rb"scnr")),
    ("icc-profile", "of nothing", inside(RGB, rb"mntr", rb"abst")),
    ("icc-profile", "cut short", inside(RGB, rb"(stream\n.{200}).*\nendstream", rb"\1\nendstream")),
    ("graphics-state", "a halftone of another type", inside(STATE, rb"/CA 1", rb"/CA 1 /HT << /HalftoneType 6 >>")),
    ("graphics-state", "a halftone with a name", inside(STATE, rb"/CA 1", rb"/CA 1 /HT << /HalftoneType 1 /HalftoneName (x) >>")),
    ("graphics-state", "overprint of inks", inside(STATE, rb"/CA 1", rb"/CA 1 /OPM 1")),
    ("colour-space", "DeviceN", page(b"/Artifact BMC BI /W 1 /H 1 /BPC 8 /CS [/DeviceN [/Spot] /DeviceRGB 1] ID a EI EMC")),
    ("colour-space", "ink for the screen", inside(STATE, rb"^  /ExtGState <<$", b"  /ColorSpace << /DefaultRGB /DeviceCMYK >>\n  /ExtGState <<")),
    ("image-data", "JPEG 2000", xobject(PICTURE + b"/Filter /JPXDecode", b"none")),
    ("image-data", "JPEG", xobject(PICTURE + RGB8 + b" /Filter /DCTDecode", b"none")),
    ("image-data", "no colours", xobject(PICTURE + b"/BitsPerComponent 8", b"a")),
    ("image-data", "3 bits", xobject(PICTURE + b"/BitsPerComponent 3 /ColorSpace /DeviceRGB", b"abc")),
    ("image-data", "too few bytes", xobject(PICTURE + RGB8, b"ab")),
    ("xobject", "of no kind", xobject(b"/Type /XObject", b"")),
    ("stream-filter", "JPEG in content", page(b"/Artifact BMC BI /W 1 /H 1 /BPC 8 /CS /G /F /DCT ID abc EI EMC")),
    ("artifact", "in a form", xobject(BOX, b"/Artifact BMC 0 0 m 1 1 l S EMC", True)),
    ("pdf-limits", "a long string in content", page(b"/Artifact BMC BT /f-0-0 1 Tf (" + b" " * 40000 + b") Tj ET EMC")),
    ("pdf-limits", "a number too large in content", page(b"4294967296 w")),
    ("pdf-limits", "a name too long in content", page(b"/" + b"n" * 140 + b" MP")),
    ("pdf-limits", "a number too small", add(INFO, b"  /Small 0." + b"0" * 39 + b"1")),
    ("hex-string", "three digits", add(INFO, b"  /Odd <abc>")),
    ("hex-string", "in content", page(b"/Span << /Odd <2> >> BDC EMC")),
    ("name-text", "of an element", both(role(b"P", b"#ff#fe"), add(TREE, b"  /RoleMap << /#ff#fe /P >>"))),
    ("own-resources", "of the tree", inherited),
    ("font-unicode-value", "private use", inside(rb"^<0001> <", rb"^<0001> <....>", rb"<0001> <e000>")),
    ("font-unicode-value", "half a pair", inside(rb"^<0001> <", rb"^<0001> <....>", rb"<0001> <d800>")),
    ("font-unicode-value", "U+FFFF", inside(rb"^<0001> <", rb"^<0001> <....>", rb"<0001> <ffff>")),
    ("font-unicode-value", "a control", inside(rb"^<0001> <", rb"^<0001> <....>", rb"<0001> <0007>")),
    ("font-dictionary", "a CIDSet", with_object(stream(b"", b"\x80"), lambda n: inside(rb"^  /FontFile2 ", rb"^  /FontFile2 ", b"  /CIDSet %d 0 R\n  /FontFile2 " % n))),
    ("font-dictionary", "no CIDSystemInfo", inside(CIDFONT, rb"^  /CIDSystemInfo <<.*?>>\n", rb"")),
    ("font-dictionary", "no FontName", inside(rb"^  /FontFile2 ", rb"^  /FontName [^\n]*\n", rb"")),
    ("font-dictionary", "more codes than widths", inside(TEXTFONT, rb"/LastChar \d+", rb"/LastChar 255")),
    ("font-encoding", "a name of its own", inside(rb"/BaseEncoding /WinAnsiEncoding", rb"/Differences \[\n", rb"/Differences [\n 1 /foo123\n")),
    ("font-encoding", "of the Macintosh", inside(TEXTFONT, rb"/Encoding /WinAnsiEncoding", rb"/Encoding /MacRomanEncoding")),
    ("font-notdef", "names of glyphs it has not", inside(TEXTFONT, rb"/Encoding /WinAnsiEncoding",
        b"/Encoding << /BaseEncoding /WinAnsiEncoding /Differences [32" + b" /uni4E00" * 90 + b"] >>")),
    ("annotation-kind", "for trapping", annotation(b"TrapNet")),
    ("annotation-kind", "a mark for printers", annotation(b"PrinterMark")),
    ("annotation-text", "a link with a space", inside(LINK, rb"^  /Contents [^\n]*\n", b"  /Contents ( )\n")),
    ("xmp-value", "a title without language", inside(XMP, rb'<rdf:li xml:lang="x-default">', rb"<rdf:li>")),
    ("xmp-value", "a title as text", inside(XMP, rb'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">(.*?)</rdf:li></rdf:Alt>', rb"<dc:title>\1")),
    ("xmp-value", "an author as text", inside(XMP, rb"<dc:creator>" + PARTSOF, rb"<dc:creator>\1")),
    ("xmp-value", "authors in no order", inside(XMP, rb"<dc:creator>" + PARTSOF, rb"<dc:creator><rdf:Bag><rdf:li>\1</rdf:li></rdf:Bag>")),
    ("xmp-value", "yesterday", both(inside(XMP, rb"<xmp:CreateDate>.*?<", rb"<xmp:CreateDate>yesterday<"), NO_DATE)),
    ("xmp-value", "twice", inside(XMP, rb"<nd30:TypeName>", rb"<nd30:TypeName>x</nd30:TypeName><nd30:TypeName>")),
    ("xmp-value", "a text that is said to be a number", inside(XMP, rb"(nd30:1/.*?)valueType>Text<", rb"\1valueType>Integer<")),
    ("xmp-value", "schemas in a row", inside(XMP, rb"<pdfaExtension:schemas><rdf:Bag>(.*)</rdf:Bag></pdfaExtension:schemas>",
        rb"<pdfaExtension:schemas><rdf:Seq>\1</rdf:Seq></pdfaExtension:schemas>")),
    ("xmp-schema", "a category of its own", inside(XMP, rb"category>external<", rb"category>foo<")),
    ("xmp-prefix", "another than described", inside(XMP, rb"pdfaSchema:prefix>nd30<", rb"pdfaSchema:prefix>zz<")),
    *(("xmp-prefix", f"another for {name.decode()}", other_prefix(name)) for name in (b"pdfaid", b"pdfuaid", b"pdfaExtension")),
    ("title", "an empty one", both(inside(XMP, rb'(<dc:title>.*?x-default">).*?<', rb"\1<"), inside(INFO, rb"^  /Title [^\n]*\n", rb""))),
    ("struct-text", "an Alt of one space", role(b"P", b"Figure", b"/Alt ( ) ")),
    ("struct-document", "one in another", role(b"Part", b"Document")),
    *(("struct-place", f"{new.decode()} alone", role(b"P", new)) for new in (b"TOCI", b"Form", b"Link", b"Annot", b"RB", b"WP")),
    ("list", "a label alone", role(b"P", b"Lbl")),
    ("caption", "alone", role(b"P", b"Caption")),
    ("struct-place", "content in a TOC", role(b"P", b"TOC")),
]


def special(text, kind, entries=b""):
    size = int(re.search(rb"/Size (\d+)", text)[1])
    if kind == "image":
        space = b"" if b"/ColorSpace" in entries else b"/ColorSpace /DeviceRGB"
        body = b"<<\n  /Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 %s\n%s\n  /Length 0\n>>\nstream\nabc\nendstream" % (space, entries)
        text = append(body)(text)
        resources = number(text, STATE)
        text = inside(STATE, rb"^  /ExtGState <<$", b"  /XObject << /Odd %d 0 R >>\n  /ExtGState <<" % size)(text)
        page = next(m for m in OBJECT.finditer(text) if re.search(rb"/Resources " + resources + rb" 0 R", m[0]))
        content = re.search(rb"/Contents (\d+) 0 R", page[0])[1]
        return re.sub(rb"(^" + content + rb" 0 obj\n.*?stream\n)", rb"\1/Artifact BMC /Odd Do EMC\n", text, 1, re.S | re.M)
    if kind == "empty":
        text = append(b"<<\n  /P %s 0 R\n  /S /P\n  /Type /StructElem\n>>" % number(text, elem(rb"Document")))(text)
        return inside(elem(rb"Document"), rb"/K \[\n", b"/K [\n    %d 0 R\n" % size)(text)
    if kind == "parent":  # two elements of a page change places
        lists = [m for m in OBJECT.finditer(text) if re.match(rb"\d+ 0 obj\n\[\n", m[0])]
        m = next(m for m in lists if len(set(m[0].split(b"\n")[2:4])) == 2)
        lines = m[0].split(b"\n")
        lines[2], lines[3] = lines[3], lines[2]
        return text[: m.start()] + b"\n".join(lines) + text[m.end() :]
    if kind == "alone":  # header cells that speak of others, and a cell that names none
        table = next(m for m in OBJECT.finditer(text) if re.search(elem(rb"TD"), m[0], re.M | re.S) and b"/Headers [" in m[0])
        new = re.sub(rb"^    /Headers \[.*?\]\n", b"", table[0], 1, re.S | re.M)
        return (text[: table.start()] + new + text[table.end() :]).replace(b"/Scope /Column", b"/Scope /Both").replace(b"/Scope /Row", b"/Scope /Column").replace(b"/Scope /Both", b"/Scope /Row")
    raise ValueError(kind)


def rules_of(path):
    out = subprocess.run([KEHOACH, "lint", path], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env={**os.environ, "LC_ALL": "C"})
    text = out.stdout.decode()
    return out.returncode, set(re.findall(r" error: .*\[([a-z-]+)\]$", text, re.M)), text


def qdf(path, to):
    subprocess.run(["qpdf", "--qdf", "--object-streams=disable", "--newline-before-endstream", path, to], check=True)
    with open(to, "rb") as f:
        return f.read()


def write_fixed(text, path, change=None):
    with open(path + ".qdf", "wb") as f:
        f.write(text)
    fixed = subprocess.run(["fix-qdf", path + ".qdf"], stdout=subprocess.PIPE, check=True).stdout
    with open(path, "wb") as f:
        f.write(change(fixed) if change else fixed)


def try_all(mutants, text, folder):
    bad = 0
    path = os.path.join(folder, "mutant.pdf")
    for rule, what, change, *rest in mutants:
        is_late = getattr(change, "is_late", False)
        changed = special(text, change, *rest) if isinstance(change, str) else change(text)
        if changed is None or changed == text:
            print(f"{rule}: {what}: nothing was changed")
            bad += 1
            continue
        try:
            write_fixed(text if is_late else changed, path, change if is_late else None)
        except subprocess.CalledProcessError:
            print(f"{rule}: {what}: fix-qdf does not take it")
            bad += 1
            continue
        code, found, said = rules_of(path)
        if code != 1 or found != {rule}:
            print(f"{rule}: {what}: exit code {code}, found {sorted(found)}")
            print("\n".join("    " + line[:300] for line in said.splitlines()[:3]))
            bad += 1
    return bad


def main(plan, attached, folder):
    bad = 0
    for path, mutants in ((plan, MUTANTS), (attached, ATTACHED)):
        text = qdf(path, os.path.join(folder, "qdf.pdf"))
        write_fixed(text, os.path.join(folder, "same.pdf"))
        code, found, said = rules_of(os.path.join(folder, "same.pdf"))
        if code or found:
            print(f"{path} as qpdf writes it: {said}")
            bad += 1
        bad += try_all(mutants, text, folder)
    print(f"{len(MUTANTS) + len(ATTACHED)} changes, {len({m[0] for m in MUTANTS + ATTACHED})} rules, {bad} not as they should")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
