"""The layout norm (NĐ 30/2020, Phụ lục I) measured in a finished PDF with poppler; what it must say comes from the job.

norm.py JOB.xml plan.pdf"""
import json
import re
import subprocess
import sys

from figures import Job, squeezed

MM = 72 / 25.4
SHORT, LONG = 595, 842  # A4
problems = []


def run(*command):
    return subprocess.run(command, capture_output=True, check=True).stdout.decode()


def check(condition, message):
    if not condition:
        problems.append(message)


def pages(pdf):
    result = []
    for page in run("pdftotext", "-bbox-layout", pdf, "-").split("<page ")[1:]:
        width, height = (float(v) for v in re.match(r'width="([\d.]+)" height="([\d.]+)"', page).groups())
        lines = []
        for line in page.split("<line ")[1:]:
            words = re.findall(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>', line)
            box = [float(v) for v in re.match(r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)"', line).groups()]
            lines.append((box, " ".join(w[4].replace("&amp;", "&") for w in words)))
        result.append((width, height, lines))
    return result


def find(lines, text):
    return next((box for box, t in lines if text in t), None)


def level(lines, left, right):
    """Lines between two places from left to right, those of one height put together: blanks for the pen divide them."""
    result = []
    for box, text in sorted(lines, key=lambda line: line[0][0]):
        if box[0] < left or box[2] > right:
            continue
        same = next((line for line in result if abs(line[0][3] - box[3]) < 1), None)
        if same:
            same[0][2] = box[2]
            same[1] += " " + text
        else:
            result.append([list(box), text])
    return sorted(result, key=lambda line: line[0][1])


def middle(box):
    return (box[0] + box[2]) / 2


def check_fonts(pdf):
    rows = run("pdffonts", pdf).splitlines()[2:]
    check(rows, "no fonts")
    for row in rows:
        flags = row.split()
        check("LiberationSerif" in row, f"another font: {row}")
        check(flags[-5] == "yes" and flags[-3] == "yes", f"not embedded or without ToUnicode: {row}")


def check_info(pdf, job):
    info = run("pdfinfo", pdf)
    check(re.search(r"Title: +Kế hoạch ", info), "no title")
    check(re.search(rf"Author: +{job.agency.get('name')}$", info, re.M), "another author")
    structure = run("pdfinfo", "-struct-text", pdf)
    for tag in ("Document", "H1", "H2", "H3", "P", "LI"):
        check(re.search(rf"^ *{tag}\b", structure, re.M), f"no {tag} in the structure tree")
    for tag, wanted in (("Table", len(job.placed())), ("Part", len(job.parts)), ("Link", len(job.links))):
        n = len(re.findall(rf"^ *{tag}\b", structure, re.M))
        check(n == wanted, f"{n} {tag} in the structure tree, not {wanted}")
    return headings(structure)


def headings(structure):
    """Texts of the headings, but for the title, without spaces."""
    result, depth = [], None
    for line in structure.splitlines():
        text = re.fullmatch(r'\s*"(.*)"', line)
        here = len(line) - len(line.lstrip())
        if text:
            if depth is not None:
                result[-1] += squeezed(text[1])
            continue
        if depth is not None and here <= depth:
            depth = None
        if re.match(r"\s*H\d\b", line):
            depth = here
            result.append("")
    return result[1:]


def check_outline(data, job, titles_in_text, starts):
    """Bookmarks: the headings of the text, the sections of the plan and its appendices at the top, each where it stands."""
    bookmarks, top = [], []  # all titles, the nodes at the top

    def walk(nodes, depth):
        for node in nodes:
            bookmarks.append(node["title"])
            if not depth:
                top.append(node)
            check(node.get("destpageposfrom1"), f"bookmark {node['title']} goes nowhere")
            walk(node["kids"], depth + 1)

    walk(data["outlines"], 0)
    check([squeezed(t).replace("-", "") for t in bookmarks] == [t.replace("-", "") for t in titles_in_text],
          f"bookmarks {bookmarks}, headings {titles_in_text}")
    roman = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"]
    chapters = job.chapters()
    wanted = [(f"{roman[i]}. ", title) for i, title in enumerate(chapters)]
    wanted += [(f"{name} - ", part["title"]) for name, part in zip(job.appendix_names(), job.parts)]
    found = [node["title"].strip() for node in top]
    check(len(found) == len(wanted) and all(t == number + title if title else t.startswith(number) for t, (number, title) in zip(found, wanted)),
          f"bookmarks at the top: {found}, not {wanted}")
    check(len(bookmarks) >= 15, f"only {len(bookmarks)} bookmarks")
    check([t["destpageposfrom1"] for t in top[len(chapters):]] == [p + 1 for p in starts[1:]], "bookmarks of appendices on other pages")


def check_links(data, job, starts):
    """Each link goes to the page where the appendix of its table begins."""
    objects = {name[4:]: o.get("value") for name, o in data["qpdf"][1].items()}
    number = {page["object"]: page["pageposfrom1"] for page in data["pages"]}
    names = {}

    def value(v):
        return objects.get(v, v) if isinstance(v, str) and v.endswith(" R") else v

    def name_tree(node):
        node = value(node) or {}
        pairs = value(node.get("/Names")) or []
        names.update({pairs[i]: value(pairs[i + 1]) for i in range(0, len(pairs), 2)})
        for kid in value(node.get("/Kids")) or []:
            name_tree(kid)

    root = value(data["qpdf"][1]["trailer"]["value"]["/Root"])
    name_tree((value(root.get("/Names")) or {}).get("/Dests"))
    annotations = [value(a) for page in data["pages"] for a in value(value(page["object"]).get("/Annots")) or []]
    links = [a for a in annotations if a.get("/Subtype") == "/Link"]
    check(len(links) >= len(job.links), f"{len(links)} links, the plan has {len(job.links)}")
    to = []
    for link in links:
        place = value(link.get("/Dest", (value(link.get("/A")) or {}).get("/D")))
        place = names.get(place, place) if isinstance(place, str) else place
        place = place.get("/D") if isinstance(place, dict) else place
        to.append(number.get(place[0]) if isinstance(place, list) else None)
    begins = {t: start + 1 for part, start in zip(job.parts, starts[1:]) for t in part["tables"]}
    wanted = [begins.get(t) for t in job.links]
    runs = [p for i, p in enumerate(to) if i == 0 or p != to[i - 1] or len(to) == len(wanted)]
    check(runs == wanted, f"links go to the pages {to}, not to {wanted}")


def check_letterhead(first, job):
    width, _, lines = first
    left, right = 30 * MM, width - 15 * MM
    nation = find(lines, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    motto = find(lines, "Độc lập - Tự do - Hạnh phúc")
    kind = next((b for b, t in lines if t == "KẾ HOẠCH"), None)
    agency = [next((b for b, t in lines if t == line), None) for line in job.agency.get("head").split("|")]
    for name, box in (("quốc hiệu", nation), ("tiêu ngữ", motto), ("tên loại", kind), ("cơ quan", all(agency))):
        check(box, f"no {name} on page 1")
    if problems:
        return
    head = [line for line in lines if line[0][3] < kind[1]]
    divide = max(box[2] for box in agency) + 1
    ours = level(head, 0, divide)
    theirs = level(head, divide, width)
    number, place = ours[-1], theirs[-1]
    wanted = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", f"{job.document.get('place')}, {job.date()}"]
    check([squeezed(t) for _, t in theirs] == [squeezed(t) for t in wanted], f"right of the head: {theirs}")
    wanted = [*job.agency.get("head").split("|"), f"Số: {job.number()}"]
    check([squeezed(t) for _, t in ours] == [squeezed(t) for t in wanted], f"left of the head: {ours}")
    for box, text in ours:
        check(abs(middle(box) - middle(ours[0][0])) < 1, f"{text} is not centred under {ours[0][1]}")
    number, place = number[0], place[0]
    check(abs(middle(nation) - middle(motto)) < 1, "tiêu ngữ is not centred under quốc hiệu")
    check(abs(middle(nation) - middle(place)) < 1, "the date is not centred under tiêu ngữ")
    check(abs((number[1] + number[3]) / 2 - (place[1] + place[3]) / 2) < 3, "number and date are not level")
    check(nation[2] <= right + 1, "quốc hiệu leaves the margin")
    check(abs(middle(kind) - (left + right) / 2) < 1, "KẾ HOẠCH is not centred on the text width")
    check(19 * MM <= nation[1] + 3 <= 27 * MM, "the first line is not at the top margin")


def check_parts(all_pages, job):
    """The text, then each appendix from a page of its own, turned as the plan says; where they begin."""
    found = [(i, [t for b, t in lines if re.fullmatch(r"Phụ lục(?: [IVX]+)?", t) and b[1] < 30 * MM])
             for i, (_, _, lines) in enumerate(all_pages)]
    starts = [0, *(i for i, names in found if names)]
    names = [name for _, names in found for name in names]
    check(names == job.appendix_names()[:len(job.parts)], f"appendices {names}, the plan has {len(job.parts)}")
    ends = starts[1:] + [len(all_pages)]
    for start, end, landscape in zip(starts, ends, [False, *(part["landscape"] for part in job.parts)]):
        for i in range(start, end):
            width, height, _ = all_pages[i]
            paper = (LONG, SHORT) if landscape else (SHORT, LONG)
            check((round(width), round(height)) == paper, f"page {i + 1}: {width} x {height}, not {paper}")
    for start, name, part in zip(starts[1:], names, job.parts):
        head = squeezed("".join(t for _, t in all_pages[start][2]))
        wanted = squeezed(name + (part["title"] or "") + job.attached())
        check(head.startswith(wanted) or not part["title"], f"page {start + 1}: begins {head[:len(wanted) + 9]}, not {wanted}")
        check(squeezed(job.attached()) in head, f"page {start + 1}: no {job.attached()}")
    return starts


def check_numbers(all_pages, starts):
    """Hidden on the first page of each part, then 2, 3 ... centred in the top margin."""
    for i, (width, _, lines) in enumerate(all_pages):
        top = [(b, t) for b, t in lines if b[3] < 20 * MM]
        expected = i + 1 - max(start for start in starts if start <= i)
        if expected == 1:
            check(not top, f"page {i + 1}: something in the top margin: {top}")
            continue
        check(len(top) == 1 and top[0][1] == str(expected), f"page {i + 1}: number {top}, not {expected}")
        if len(top) == 1:
            check(abs(middle(top[0][0]) - width / 2) < 10 * MM, f"page {i + 1}: its number is not centred")


def check_margins(all_pages):
    for i, (width, height, lines) in enumerate(all_pages):
        check(len(lines) > 1, f"page {i + 1} is empty")
        for box, text in lines:
            check(box[0] >= 29.5 * MM, f"page {i + 1}: left margin: {text}")
            check(box[2] <= width - 14.5 * MM, f"page {i + 1}: right margin: {text}")
            check(box[3] <= height - 18.5 * MM, f"page {i + 1}: bottom margin: {text}")


def check_end(text_pages, job):
    """Recipients and signature, on the last page of the text and below more of it."""
    _, _, lines = text_pages[-1]
    foot = find(lines, "Nơi nhận:")
    check(foot and not any(find(page[2], "Nơi nhận:") for page in text_pages[:-1]), "no foot on the last page of the text")
    if not foot:
        return
    signature = [job.signer.get("authority"), *job.signer.get("title").split("|"), job.signer.get("name")]
    boxes = [next((b for b, t in lines if t == text and b[1] > foot[1] - 6), None) for text in signature]
    check(all(boxes), f"no {signature}")
    if not all(boxes):
        return
    check(abs(boxes[0][3] - foot[3]) < 6, "Nơi nhận and the signer's authority are not level")
    for box, text, above in zip(boxes[1:], signature[1:], boxes):
        check(abs(middle(box) - middle(boxes[0])) < 1, f"{text} is not centred under the authority")
        check(box[1] > above[3] - 4, f"{text} is not below what stands before it")
    check(boxes[-1][1] - boxes[-2][3] > 15 * MM, "no room to sign")
    above = [t for b, t in lines if 20 * MM < b[1] < foot[1] - 4]
    check(len(above) >= 2, "the signature block stands alone")
    check(above and above[-1].endswith("./."), "the text does not end with ./.")
    check_recipients([(b, t) for b, t in lines if b[1] > foot[1] + 4 and b[0] < min(box[0] for box in boxes) - 4], foot, boxes)


def check_recipients(lines, foot, signature):
    """A dash each; what wraps stands under the words, not under the dash, and clear of the signature."""
    recipients = []
    for box, text in sorted(lines, key=lambda line: line[0][1]):
        check(box[2] < min(b[0] for b in signature) - 4, f"{text} runs into the signature")
        if text.startswith("- "):
            check(abs(box[0] - foot[0]) < 1, f"{text} is not at the margin")
            recipients.append(text)
        else:
            check(recipients and 3 < box[0] - foot[0] < 12, f"{text} wraps to {box[0] - foot[0]:.1f} pt from the margin")
            if recipients:
                recipients[-1] += " " + text
    check(len(recipients) >= 2 and recipients[-1].startswith("- Lưu:") and recipients[-1].endswith("."), f"recipients: {recipients}")
    check(all(r.endswith(";") for r in recipients[:-1]), f"recipients: {recipients}")


def main(xml, pdf):
    job = Job(xml)
    all_pages = pages(pdf)
    data = json.loads(run("qpdf", "--json", pdf))
    check_fonts(pdf)
    titles = check_info(pdf, job)
    check_letterhead(all_pages[0], job)
    starts = check_parts(all_pages, job)
    check_outline(data, job, titles, starts)
    check_links(data, job, starts)
    check_numbers(all_pages, starts)
    check_margins(all_pages)
    check_end(all_pages[:(starts + [len(all_pages)])[1]], job)
    if problems:
        sys.exit("\n".join(problems[:20]))
    print(f"{len(all_pages)} pages")


main(*sys.argv[1:])
