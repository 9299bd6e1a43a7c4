"""The layout norm (NĐ 30/2020, Phụ lục I) measured in a finished PDF with poppler."""
import json
import re
import subprocess
import sys

MM = 72 / 25.4
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
            lines.append((box, " ".join(w[4] for w in words)))
        result.append((width, height, lines))
    return result


def find(lines, text):
    return next((box for box, t in lines if text in t), None)


def middle(box):
    return (box[0] + box[2]) / 2


def check_fonts(pdf):
    rows = run("pdffonts", pdf).splitlines()[2:]
    check(rows, "no fonts")
    for row in rows:
        flags = row.split()
        check("LiberationSerif" in row, f"another font: {row}")
        check(flags[-5] == "yes" and flags[-3] == "yes", f"not embedded or without ToUnicode: {row}")


def check_info(pdf, has_tables):
    info = run("pdfinfo", pdf)
    check(re.search(r"Title: +Kế hoạch ", info), "no title")
    check(re.search(r"Author: +Ủy ban nhân dân", info), "no author")
    check("595." in info or "Page size" in info, "no page size")
    structure = run("pdfinfo", "-struct-text", pdf)
    for tag in ("Document", "H1", "P (block)", "LI"):
        check(tag in structure, f"no {tag} in the structure tree")
    for tag in ("Table", "TR", "TH", "TD"):
        found = re.search(rf"^ *{tag}\b", structure, re.M)
        check(bool(found) == has_tables, f"{'no' if has_tables else 'a'} {tag} in the structure tree")


def check_outline(pdf, plain):
    data = json.loads(run("qpdf", "--json", pdf))
    titles = []

    def walk(nodes):
        for node in nodes:
            titles.append(node["title"])
            check(node.get("destpageposfrom1") or node.get("dest"), f"bookmark {node['title']} goes nowhere")
            walk(node["kids"])

    walk(data["outlines"])
    first = re.search(r"^I\. .+$", plain, re.M)
    check(first and titles and titles[0].startswith(first[0]), f"bookmarks: {titles[:3]}, the text begins with {first}")
    check(len(titles) >= 15, f"only {len(titles)} bookmarks")
    wanted = re.findall(r"^Phụ lục(?: [IVX]+)?$", plain, re.M)
    found = [t for t in titles if t.startswith("Phụ lục")]
    check(len(found) == len(wanted), f"bookmarks of appendices: {found}, in the text: {wanted}")
    if wanted:
        values = [o.get("value") for o in data["qpdf"][1].values()]
        links = [v for v in values if isinstance(v, dict) and v.get("/Subtype") == "/Link"]
        check(links, "no link to the appendix")


def check_letterhead(first):
    width, _, lines = first
    left, right = 30 * MM, width - 15 * MM
    nation = find(lines, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    motto = find(lines, "Độc lập - Tự do - Hạnh phúc")
    number = next((b for b, t in lines if t.startswith("Số:")), None)
    kind = next((b for b, t in lines if t == "KẾ HOẠCH"), None)
    place = next((b for b, t in lines if re.search(r", ngày .*tháng .*năm \d{4}$", t)), None)
    if not place:  # a day left blank for the pen splits the line in two
        start = next((b for b, t in lines if t.endswith(", ngày")), None)
        end = next((b for b, t in lines if re.match(r"(\d+ )?tháng .*năm \d{4}$", t)), None)
        if start and end and abs(start[1] - end[1]) < 1 and 0 < end[0] - start[2] < 30:
            place = [start[0], start[1], end[2], end[3]]
    for name, box in (("quốc hiệu", nation), ("tiêu ngữ", motto), ("số", number), ("tên loại", kind), ("ngày", place)):
        check(box, f"no {name} on page 1")
    if problems:
        return
    check(abs(middle(nation) - middle(motto)) < 1, "tiêu ngữ is not centred under quốc hiệu")
    check(abs(middle(nation) - middle(place)) < 1, "the date is not centred under tiêu ngữ")
    check(abs((number[1] + number[3]) / 2 - (place[1] + place[3]) / 2) < 3, "number and date are not level")
    check(nation[2] <= right + 1, "quốc hiệu leaves the margin")
    check(abs(middle(kind) - (left + right) / 2) < 1, "KẾ HOẠCH is not centred on the text width")
    check(19 * MM <= nation[1] + 3 <= 27 * MM, "the first line is not at the top margin")


def check_numbers(all_pages):
    """Hidden on the first page of each part, then 2, 3 ... centred in the top margin."""
    expected = 0
    for i, (width, height, lines) in enumerate(all_pages):
        top = [(b, t) for b, t in lines if b[3] < 20 * MM]
        landscape = width > height
        new = i == 0 or any(re.fullmatch(r"Phụ lục(?: [IVX]+)?", t) for _, t in lines)
        if landscape != (i > 0 and all_pages[i - 1][0] > all_pages[i - 1][1]):
            check(new, f"page {i + 1}: turned without a new part")
        expected = 1 if new else expected + 1
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


def check_end(all_pages):
    for _, _, lines in all_pages:
        foot = find(lines, "Nơi nhận:")
        if not foot:
            continue
        signer = find(lines, "TM. ỦY BAN NHÂN DÂN")
        check(signer and abs(signer[3] - foot[3]) < 6, "Nơi nhận and the signer's authority are not level")
        name = find(lines, "Nguyễn Văn A")
        check(name and abs(middle(name) - middle(signer)) < 1, "the name is not centred under the authority")
        above = [t for b, t in lines if 20 * MM < b[1] < foot[1] - 4]
        check(len(above) >= 2, "the signature block stands alone")
        check(any(t.endswith("./.") for t in above), "the text does not end with ./.")
        recipients = [t for b, t in lines if b[1] > foot[1] and t.startswith("- ")]
        check(recipients and recipients[-1].startswith("- Lưu:"), f"recipients: {recipients}")
        return
    check(False, "no foot")


def main(pdf, job, text):
    with open(text, encoding="utf-8") as f:
        plain = f.read()
    all_pages = pages(pdf)
    check_fonts(pdf)
    check_info(pdf, " | " in plain)
    check_outline(pdf, plain)
    check_letterhead(all_pages[0])
    check_numbers(all_pages)
    check_margins(all_pages)
    check_end(all_pages)
    landscape = [w > h for w, h, _ in all_pages]
    if job == "kong-chro-2024":
        check(landscape[-1] and not landscape[0], "no landscape appendix behind the portrait text")
        appendix = all_pages[landscape.index(True)][2]
        check(find(appendix, "Phụ lục"), "no appendix heading")
        check(any("Kèm theo Kế hoạch số 45/KH-UBND ngày 11 tháng 01 năm 2024" in t for _, t in appendix), "no Kèm theo line")
    elif job == "mau-chung":
        check(landscape[-1] and not landscape[0], "no landscape appendix behind the portrait text")
    else:
        check(not any(landscape), "a landscape page")
    if problems:
        sys.exit("\n".join(problems[:20]))
    print(f"{len(all_pages)} pages")


main(*sys.argv[1:])
