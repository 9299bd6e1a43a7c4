#!/usr/bin/env python3
"""What a PDF claims of itself, held against what it is, by the objects that qpdf lists.

  archive.py FILE.pdf...            prints what is wrong; exit 1 if anything is
  archive.py --mutants FILE.pdf     changes the objects in many ways; exit 1 if a change is not found
"""
import base64
import copy
import json
import re
import subprocess
import sys
import xml.etree.ElementTree as ET

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
DC = "{http://purl.org/dc/elements/1.1/}"
XMP = "{http://ns.adobe.com/xap/1.0/}"
PDF = "{http://ns.adobe.com/pdf/1.3/}"
PDFA = "{http://www.aiim.org/pdfa/ns/id/}"
PDFUA = "{http://www.aiim.org/pdfua/ns/id/}"
SCHEMA = "{http://www.aiim.org/pdfa/ns/schema#}"
PROPERTY = "{http://www.aiim.org/pdfa/ns/property#}"
EXTENSION = "{http://www.aiim.org/pdfa/ns/extension/}"
KNOWN = (DC, XMP, PDF, PDFA, EXTENSION)
PAINTING = {"S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "Tj", "TJ", "'", '"', "Do", "sh", "BI"}
TOKEN = re.compile(rb"\((?:\\.|[^\\()]|\((?:\\.|[^\\()])*\))*\)|<<|>>|<[0-9A-Fa-f\s]*>|[\[\]]|/[^\s\[\]()<>/]*|[^\s\[\]()<>/]+", re.S)


class File:
    def __init__(self, objects, trailer):
        self.objects, self.trailer = objects, trailer

    @staticmethod
    def read(path):
        out = subprocess.run(
            ["qpdf", "--json=2", "--json-stream-data=inline", "--decode-level=generalized", path],
            check=True, stdout=subprocess.PIPE,
        ).stdout
        objects = json.loads(out)["qpdf"][1]
        trailer = objects.pop("trailer")["value"]
        return File(objects, trailer)

    def get(self, value, *keys):
        value = self.resolve(value)
        for key in keys:
            if isinstance(value, list):
                value = value[key] if key < len(value) else None
            else:
                value = (value or {}).get(key)
            value = self.resolve(value)
        return value

    def resolve(self, value):
        while isinstance(value, str) and re.fullmatch(r"\d+ 0 R", value):
            found = self.objects.get("obj:" + value, {})
            value = found["stream"]["dict"] if "stream" in found else found.get("value")
        return value

    def data(self, ref):
        return base64.b64decode(self.objects["obj:" + ref]["stream"]["data"])

    def catalog(self):
        return self.get(self.trailer, "/Root")


def text(value):
    return value[2:] if isinstance(value, str) and value.startswith("u:") else value


def as_list(value):
    return [] if value is None else value if isinstance(value, list) else [value]


class Check:
    def __init__(self, file):
        self.f = file
        self.problems = []
        self.owner = {}  # (page, mark) -> element
        self.objects_of = {}  # element -> objects it refers to
        self.ids = {}
        self.roles = []

    def need(self, holds, what):
        if not holds:
            self.problems.append(what)
        return holds

    def run(self):
        self.catalog()
        self.metadata()
        self.structure()
        self.pages()
        self.fonts()
        return self.problems

    # ---- the file as a whole ----

    def catalog(self):
        f, root = self.f, self.f.catalog()
        self.need(f.get(root, "/MarkInfo", "/Marked") is True, "MarkInfo")
        self.need(text(root.get("/Lang")) == "vi-VN", "Lang")
        self.need(f.get(root, "/ViewerPreferences", "/DisplayDocTitle") is True, "DisplayDocTitle")
        self.need(len(self.f.trailer.get("/ID", [])) == 2, "ID")
        intents = as_list(f.get(root, "/OutputIntents"))
        if self.need(len(intents) == 1, "one output intent"):
            intent = f.resolve(intents[0])
            self.need(intent.get("/S") == "/GTS_PDFA1", "output intent GTS_PDFA1")
            self.need(f.get(intent, "/DestOutputProfile", "/N") == 3, "components of the profile")
            self.need(f.data(intent["/DestOutputProfile"])[36:40] == b"acsp", "an ICC profile")
        form = f.get(root, "/AcroForm")
        if form:
            self.need("/SigFlags" not in form and "/NeedAppearances" not in form, "a form that nobody signed")
            self.need(f.get(root, "/Extensions", "/ESIC", "/ExtensionLevel") == 2, "Extensions ESIC")

    def metadata(self):
        f = self.f
        stream = f.get(f.catalog(), "/Metadata")
        if not self.need(stream and "/Filter" not in stream, "metadata that is not compressed"):
            return
        xmp = ET.fromstring(f.data(f.catalog()["/Metadata"]))
        info = f.get(f.trailer, "/Info")
        value = lambda name: "".join(next((e.itertext() for e in xmp.iter(name)), "")).strip()
        self.need(value(DC + "title") == text(info.get("/Title")), "title as in Info")
        self.need(value(DC + "creator") == text(info.get("/Author")), "creator as in Info")
        self.need(value(DC + "description") == text(info.get("/Subject")), "description as in Info")
        self.need(value(PDF + "Producer") == text(info.get("/Producer")), "producer as in Info")
        for key, name in (("/CreationDate", "CreateDate"), ("/ModDate", "ModifyDate")):
            digits = re.sub(r"[^0-9]", "", value(XMP + name))
            self.need("D:" + digits + "Z" == text(info.get(key)), name + " as in Info")
        self.need(value(DC + "language") == "vi-VN", "dc:language")
        self.need(value(PDFA + "part") == ("3" if f.catalog().get("/AF") else "2"), "pdfaid:part")
        self.need(value(PDFA + "conformance") == "A", "pdfaid:conformance")
        self.need(value(PDFUA + "part") == "1", "pdfuaid:part")
        self.described(xmp)

    def described(self, xmp):
        """Each property that PDF/A does not know has a description with its type."""
        types = {}
        for schema in xmp.iter(EXTENSION + "schemas"):
            for item in schema.find(RDF + "Bag"):
                space = item.findtext(SCHEMA + "namespaceURI")
                for p in item.find(SCHEMA + "property").find(RDF + "Seq"):
                    types["{%s}%s" % (space, p.findtext(PROPERTY + "name"))] = p.findtext(PROPERTY + "valueType")
        for description in xmp.iter(RDF + "Description"):
            for p in description:
                if p.tag.startswith(KNOWN):
                    continue
                kind = "seq Text" if p.find(RDF + "Seq") is not None else "Integer" if p.tag == PDFUA + "part" else "Text"
                self.need(types.get(p.tag) == kind, "a description of " + p.tag)

    # ---- structure ----

    def structure(self):
        f = self.f
        root = f.catalog().get("/StructTreeRoot")
        kids = f.get(root, "/K")
        kids = kids if isinstance(kids, list) else [f.get(root).get("/K")]
        if not self.need(len(kids) == 1, "one root element"):
            return
        self.level = 0
        self.walk(kids[0], root, None)
        names = as_list(f.get(root, "/IDTree", "/Names"))
        keys = names[0::2]
        self.need(keys == sorted(keys), "names in order")
        self.need(dict(zip(keys, names[1::2])) == self.ids, "IDTree as the IDs of cells")
        self.need(self.roles[:1] == ["/Document"], "a document")
        nums = as_list(f.get(root, "/ParentTree", "/Nums"))
        self.parents = dict(zip(nums[0::2], nums[1::2]))
        self.need(list(self.parents) == sorted(self.parents), "parent tree in order")
        self.need(f.get(root, "/ParentTreeNextKey") > max(self.parents, default=-1), "ParentTreeNextKey")

    def walk(self, ref, parent, page):
        f = self.f
        e = f.resolve(ref)
        role = e.get("/S")
        self.roles.append(role)
        self.need(e.get("/P") == parent, "parent of " + ref)
        page = e.get("/Pg", page)
        self.objects_of[ref] = []
        if re.fullmatch(r"/H[1-6]", role):
            self.need(int(role[2]) <= self.level + 1, "no heading is skipped: " + role)
            self.level = int(role[2])
        kids = e.get("/K")
        if isinstance(kids, str) and isinstance(f.resolve(kids), list):
            kids = f.resolve(kids)
        kids = [] if kids is None else kids if isinstance(kids, list) else [kids]
        for kid in kids:
            self.kid(kid, ref, page)
        below = [f.resolve(k).get("/S") for k in kids if isinstance(k, str)]
        self.need(role not in ("/L", "/TR", "/Table", "/Form", "/LI") or kids, "nothing in " + role)
        self.need(role not in ("/Document", "/Part") or below.count("/H1") <= 1, "one H1 in " + role)
        self.need(role != "/L" or set(below) == {"/LI"}, "items in L")
        self.need(role != "/LI" or set(below) <= {"/Lbl", "/LBody"} and "/LBody" in below, "label and body in LI")
        if role == "/Table":
            self.table(ref)

    def kid(self, kid, element, page):
        if isinstance(kid, int):
            self.own(page, kid, element)
        elif isinstance(kid, str):
            self.walk(kid, element, page)
        elif kid["/Type"] == "/MCR":
            self.own(kid["/Pg"], kid["/MCID"], element)
        else:
            self.objects_of[element].append(kid["/Obj"])

    def own(self, page, mark, element):
        self.need((page, mark) not in self.owner, "marked content of one element")
        self.owner[page, mark] = element

    def attribute(self, cell, key, otherwise):
        return self.f.get(cell, "/A", key) or otherwise

    def table(self, ref):
        f = self.f
        rows = [f.resolve(k) for k in as_list(f.resolve(ref)["/K"]) if f.resolve(k).get("/S") == "/TR"]
        cells = [[f.resolve(k) for k in ([row["/K"]] if isinstance(row["/K"], str) else row["/K"])] for row in rows]
        refs = [k for row in rows for k in ([row["/K"]] if isinstance(row["/K"], str) else row["/K"])]
        heads = {}
        for r in refs:
            cell = f.resolve(r)
            if cell["/S"] == "/TH":
                self.need(self.attribute(cell, "/Scope", "") in ("/Column", "/Row"), "scope of a header cell")
                if self.need("/ID" in cell, "name of a header cell"):
                    heads[cell["/ID"]] = cell
                    self.ids[cell["/ID"]] = r
        left = {}
        width = sum(self.attribute(c, "/ColSpan", 1) for c in cells[0])
        for row in cells:
            taken = sum(n for n in left.values())
            left = {k - 1: n for k, n in left.items() if k > 1}
            own = 0
            for c in row:
                columns, down = self.attribute(c, "/ColSpan", 1), self.attribute(c, "/RowSpan", 1)
                own += columns
                if down > 1:
                    left[down - 1] = left.get(down - 1, 0) + columns
            self.need(own + taken == width, "cells of a row: %d and %d from above, not %d" % (own, taken, width))
        for row in cells:
            for c in row:
                headers = self.attribute(c, "/Headers", [])
                self.need(set(headers) <= set(heads), "headers of its own table")
                self.need(c["/S"] == "/TH" or not heads or headers, "headers of a data cell")

    # ---- pages ----

    def pages(self):
        f = self.f
        self.met = set()
        for ref in f.get(f.catalog(), "/Pages", "/Kids"):
            page = f.resolve(ref)
            self.content(ref, page)
            owners = f.resolve(self.parents.get(page.get("/StructParents"), []))
            want = [self.owner.get((ref, i)) for i in range(len(owners))]
            self.need(owners == want, "parent tree of page " + ref)
            annotations = as_list(f.get(page, "/Annots"))
            self.need(not annotations or page.get("/Tabs") == "/S", "Tabs")
            for a in annotations:
                self.annotation(a, ref)
        self.need(self.met == set(self.owner), "content of each element")
        fields = as_list(f.get(f.catalog(), "/AcroForm", "/Fields"))
        self.need(self.roles.count("/Form") == len(fields), "an element of each field")

    def content(self, ref, page):
        depth, operands, marks = 0, [], []
        for m in TOKEN.finditer(self.f.data(page["/Contents"])):
            token = m[0].decode("latin-1")
            if re.match(r"[\[\](<>/]|[-+.0-9]", token):
                operands.append(token)
                continue
            if token in ("BDC", "BMC"):
                number = int(operands[operands.index("/MCID") + 1]) if "/MCID" in operands else None
                if number is not None:
                    self.need((ref, number) not in self.met, "a number once")
                    self.met.add((ref, number))
                marks.append(number is not None or operands[0] == "/Artifact")
                self.need(not (marks[-1] and any(marks[:-1])), "marks not in each other")
            elif token == "EMC":
                marks.pop()
            elif token in PAINTING:
                self.need(any(marks), "marked or an artifact: " + token)
            operands = []
        self.need(not marks, "marks that end")

    def annotation(self, ref, page):
        f = self.f
        a = f.resolve(ref)
        parent = self.parents.get(a.get("/StructParent"))
        self.need(parent and ref in self.objects_of.get(parent, []), "an element of annotation " + ref)
        self.need(a.get("/F", 0) & 4 and not a.get("/F", 0) & 3, "an annotation that is printed")
        role = f.get(parent, "/S") if parent else None
        if a["/Subtype"] == "/Link":
            self.need(role == "/Link" and text(a.get("/Contents")), "what a link says")
        else:
            self.need(role == "/Form" and text(a.get("/TU")), "what a field says")
            box, rect = f.get(a, "/AP", "/N", "/BBox"), a["/Rect"]
            self.need(
                box and abs(box[2] - rect[2] + rect[0]) < 0.02 and abs(box[3] - rect[3] + rect[1]) < 0.02,
                "an appearance of the size of the field",
            )
            self.need(a["/P"] == page, "the page of a field")
            self.need(a["/FT"] == "/Tx" or a["/F"] == 132, "flags of a signature")

    # ---- fonts and images ----

    def fonts(self):
        for name, o in self.f.objects.items():
            d = o["stream"]["dict"] if "stream" in o else o.get("value")
            if not isinstance(d, dict):
                continue
            self.need("/Interpolate" not in d, "no interpolation")
            kind = d.get("/Subtype")
            if d.get("/Type") != "/Font":
                continue
            if kind.startswith("/CIDFont"):
                self.need(d.get("/CIDToGIDMap") == "/Identity", "CIDToGIDMap")
            else:
                self.need("/ToUnicode" in d, "ToUnicode of " + name)
            if kind != "/Type0":
                self.need(self.f.get(d, "/FontDescriptor", "/FontFile2"), "an embedded font")


def drop(key, where=lambda d: True):
    """Takes the key out of the first dictionary that has it."""

    def change(file):
        for o in file.objects.values():
            d = o["stream"]["dict"] if "stream" in o else o.get("value")
            if isinstance(d, dict) and key in d and where(d):
                del d[key]
                return True
        return False

    return change


def put(key, value, where):
    def change(file):
        for o in file.objects.values():
            d = o["stream"]["dict"] if "stream" in o else o.get("value")
            if isinstance(d, dict) and where(d):
                d[key] = value
                return True
        return False

    return change


def replace(pattern, by, where):
    def change(file):
        for o in file.objects.values():
            if "stream" in o and where(o["stream"]["dict"]):
                before = base64.b64decode(o["stream"]["data"])
                after = re.sub(pattern, by, before, count=1, flags=re.S)
                if after != before:
                    o["stream"]["data"] = base64.b64encode(after).decode()
                    return True
        return False

    return change


def is_a(key, value):
    return lambda d: d.get(key) == value


def cell(role, key):
    return lambda d: d.get("/S") == role and key in (d.get("/A") or {})


def metadata(d):
    return d.get("/Type") == "/Metadata"


def page_content(d):
    return set(d) <= {"/Filter", "/Length"}


MUTANTS = {
    "no MarkInfo": drop("/MarkInfo"),
    "no Lang": drop("/Lang"),
    "no output intent": drop("/OutputIntents"),
    "no preferences": drop("/ViewerPreferences"),
    "no metadata": drop("/Metadata"),
    "another title": put("/Title", "u:x", lambda d: "/Producer" in d),
    "another day": put("/CreationDate", "u:D:20000101000000Z", lambda d: "/Producer" in d),
    "another part": replace(rb"(pdfaid:part>)2", rb"\g<1>1", metadata),
    "no UA": replace(rb"<pdfuaid:part>.*?</pdfuaid:part>", b"", metadata),
    "an undescribed property": replace(rb"<nd30:", b"<nd30:More>x</nd30:More><nd30:", metadata),
    "another role": put("/S", "/H3", is_a("/S", "/H1")),
    "a list of paragraphs": put("/S", "/P", is_a("/S", "/LI")),
    "a label for a body": put("/S", "/Lbl", is_a("/S", "/LBody")),
    "no name of a header": drop("/ID", is_a("/S", "/TH")),
    "another name of a header": put("/ID", "u:x", is_a("/S", "/TH")),
    "no headers": put("/A", {"/O": "/Table"}, cell("/TD", "/Headers")),
    "headers that are not there": put("/A", {"/O": "/Table", "/Headers": ["u:x"]}, cell("/TD", "/Headers")),
    "no scope": put("/A", {"/O": "/Table"}, cell("/TH", "/Scope")),
    "a wider cell": put("/A", {"/O": "/Table", "/ColSpan": 2, "/Headers": []}, is_a("/S", "/TD")),
    "no names": drop("/IDTree"),
    "a lost element": drop("/K", is_a("/S", "/P")),
    "no tabs": drop("/Tabs"),
    "a silent link": drop("/Contents", is_a("/Subtype", "/Link")),
    "a hidden link": put("/F", 2, is_a("/Subtype", "/Link")),
    "a silent field": drop("/TU"),
    "a field without look": drop("/AP"),
    "a field alone": drop("/StructParent", is_a("/Subtype", "/Widget")),
    "an unlocked signature": put("/F", 4, is_a("/FT", "/Sig")),
    "a form that asks for looks": put("/NeedAppearances", True, lambda d: "/Fields" in d),
    "no map of glyphs": drop("/CIDToGIDMap"),
    "no characters": drop("/ToUnicode"),
    "a font elsewhere": drop("/FontFile2"),
    "unmarked content": replace(rb"/Artifact <</Type /Layout>> BDC(.*?)EMC", rb"\1", page_content),
    "content of nobody": replace(rb"/MCID 0 ", b"/MCID 99999 ", page_content),
}


def main(arguments):
    if arguments[0] == "--mutants":
        whole = File.read(arguments[1])
        assert not Check(whole).run()
        bad = 0
        for what, change in MUTANTS.items():
            mutant = copy.deepcopy(whole)
            if not change(mutant):
                print("%s: cannot be made" % what)
                bad = 1
            elif not Check(mutant).run():
                print("%s: not found" % what)
                bad = 1
        return bad
    problems = 0
    for path in arguments:
        for problem in Check(File.read(path)).run()[:20]:
            print("%s: not so: %s" % (path, problem))
            problems = 1
    return problems


sys.exit(main(sys.argv[1:]))
