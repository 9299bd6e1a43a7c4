#!/usr/bin/env python3
"""Workbooks that hold every rule of kehoach lint, and changes of them in one way at a time; it must find just that.

  lint_xlsx.py make FOLDER       writes base.xlsx and base.accessible.xlsx
  lint_xlsx.py mutants FOLDER    exit 1 if a change is not found, or is found as something else

The workbooks are made with openpyxl; each change is made in the XML of their parts.
"""
import io
import json
import os
import re
import subprocess
import sys
import zipfile

import openpyxl
from openpyxl.chart import BarChart, Reference
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.table import Table, TableStyleInfo

KEHOACH = os.environ.get("KEHOACH", "out/bin/kehoach")

# ---- the workbooks ----


def read(path):
    with zipfile.ZipFile(path) as z:
        return {name: z.read(name) for name in z.namelist()}


def write(path, parts):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as z:
        for name, data in parts.items():
            z.writestr(name, data)


def cache_values(path, values):
    """Stores values beside formulas, which openpyxl cannot."""
    parts = read(path)
    for part, cell, value in values:
        text = parts[part]
        new = re.sub(rb'(<c r="%s"[^>]*>)(<f>.*?</f>)<v ?/?>(</v>)?' % cell.encode(), rb"\1\2<v>%s</v>" % value.encode(), text, 1)
        assert new != text, cell
        parts[part] = new
    write(path, parts)


def share_texts(parts, sheet):
    """The texts of the sheet become shared ones; the first is in two runs."""
    shared = []

    def take(m):
        shared.append(m[2])
        return b'<c %s t="s"><v>%d</v></c>' % (m[1], len(shared) - 1)

    parts[sheet] = re.sub(rb'<c ([^>]*) t="inlineStr"><is><t>(.*?)</t></is></c>', take, parts[sheet])
    first = b"<r><rPr><b/></rPr><t>%s</t></r>" % shared[0]
    items = b"".join(b"<si>%s</si>" % (b"<t>%s</t>" % text if i else first) for i, text in enumerate(shared))
    parts["xl/sharedStrings.xml"] = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">%s</sst>' % items
    add(parts, "[Content_Types].xml", "</Types>", '<Override PartName="/xl/sharedStrings.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>')
    add(parts, "xl/_rels/workbook.xml.rels", "</Relationships>", '<Relationship Type="http://schemas.openxmlformats.org/officeDocument/'
        '2006/relationships/sharedStrings" Target="sharedStrings.xml" Id="rId9"/>')


def add(parts, name, before, what):
    assert before.encode() in parts[name], (name, before)
    parts[name] = parts[name].replace(before.encode(), what.encode() + before.encode(), 1)


def make_table(sheet, name, ref, columns):
    """Without filter buttons and without a style that fills cells."""
    table = Table(displayName=name, ref=ref)
    table._initialise_columns()
    for column, text in zip(table.tableColumns, columns):
        column.name = text
    table.autoFilter = None
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
    sheet.add_table(table)


def make_presentation(path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Tổng hợp"
    sheet["A1"] = "Tiến độ giảm nghèo tháng 5 năm 2024 (số liệu mẫu)"
    sheet["A1"].font = Font(bold=True, size=14)
    sheet.merge_cells("A1:D1")
    sheet.append([])
    sheet.append(["Địa bàn", "Kế hoạch", "Thực hiện", "Trạng thái"])
    sheet.append(["Xã A", 10, 12, "đạt"])
    sheet.append(["Xã B", 20, 5, "chậm"])
    sheet.append(["Cộng", "=SUM(B4:B5)", "=SUM(C4:C5)", '=IF(C6>=B6,"đạt","chậm")'])
    sheet["D4"].fill = PatternFill("solid", fgColor="C6EFCE")
    sheet["D4"].font = Font(color="006100")
    sheet["A6"].fill = sheet["B6"].fill = PatternFill("solid", fgColor="E7E6E6")
    late = CellIsRule(operator="equal", formula=['"chậm"'])
    late.dxf = DifferentialStyle(font=Font(color="9C0006"), fill=PatternFill(bgColor="FFC7CE"))
    sheet.conditional_formatting.add("D4:D6", late)
    sheet.print_title_rows = "3:3"
    sheet.auto_filter.ref = "A3:D5"
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=3, min_row=3, max_row=5), titles_from_data=True)
    chart.set_categories(Reference(sheet, min_col=1, min_row=4, max_row=5))
    sheet.add_chart(chart, "F3")

    detail = book.create_sheet("Chi tiết")
    detail.append(["Chỉ tiêu", "Số hộ"])
    detail.append(["Thoát nghèo", 17])
    detail.append(["Phát sinh", 2])
    detail["A5"] = "Về trang Tổng hợp"
    detail["A5"].hyperlink = Hyperlink(ref="A5", location="'Tổng hợp'!A1")
    detail["A6"] = "Trang của tỉnh"
    detail["A6"].hyperlink = "https://example.org/giam-ngheo"
    make_table(detail, "ChiTieu", "A1:B3", ["Chỉ tiêu", "Số hộ"])
    detail["D2"] = "=SUM(ChiTieu[Số hộ])"
    detail["D3"] = "='Tổng hợp'!C6"
    book.defined_names.append(DefinedName("TongHo", attr_text="'Chi tiết'!$B$2:$B$3"))
    book.properties.title = "Tiến độ"
    book.save(path)
    cache_values(path, [("xl/worksheets/sheet1.xml", "B6", "30"), ("xl/worksheets/sheet1.xml", "C6", "17"),
                        ("xl/worksheets/sheet2.xml", "D2", "19"), ("xl/worksheets/sheet2.xml", "D3", "17")])
    parts = read(path)
    text = parts["xl/worksheets/sheet1.xml"].decode()
    parts["xl/worksheets/sheet1.xml"] = re.sub(r'(<c r="D6")([^>]*>)(<f>.*?</f>)<v ?/?>(</v>)?', r'\1 t="str"\2\3<v>chậm</v>', text).encode()
    drawing = parts["xl/drawings/drawing1.xml"].decode()
    drawing = re.sub(r'<(\w+:)?cNvPr ', r'<\1cNvPr descr="Số hộ thoát nghèo theo địa bàn" ', drawing, 1)
    parts["xl/drawings/drawing1.xml"] = drawing.encode()
    share_texts(parts, "xl/worksheets/sheet2.xml")
    write(path, parts)


def make_accessible(path):
    book = openpyxl.Workbook()
    plain, title = Font(name="Arial", size=12), Font(name="Arial", size=16, bold=True)
    head = Font(name="Arial", size=12, bold=True)
    wrap = Alignment(wrap_text=True, vertical="top")
    sheets = {
        "Trang bìa": ["Tiến độ giảm nghèo tháng 5 năm 2024 (số liệu mẫu)", "Đơn vị báo cáo: Phòng mẫu.", "Liên hệ: Nguyễn Văn A, mau@example.org.",
                      "Ngày công bố: 05/6/2024.", "Lần cập nhật tiếp theo: 05/7/2024.", "Ký hiệu: [x] là chưa có số liệu."],
        "Mục lục": ["Mục lục", "Trang tính này có một bảng.", ("Trang tính", "Nội dung"), ("Theo địa bàn", "Kết quả của từng xã")],
        "Ghi chú": ["Ghi chú", "Trang tính này có một bảng.", ("Số", "Nội dung"), ("Ghi chú 1", "Gồm cả hộ tái nghèo."), ("Ghi chú 2", "Xã C báo cáo muộn.")],
        "Theo địa bàn": ["Kết quả theo địa bàn [ghi chú 1]", "Trang tính này có một bảng.", "Các ghi chú ở trang tính Ghi chú.",
                         ("Địa bàn", "Kế hoạch", "Thực hiện", "Trạng thái", "Ghi chú"), ("Xã A", 10, 12, "đạt", "Không có"), ("Xã B", 20, 5, "chậm", "Không có"),
                         ("Xã C", 15, "[x]", "chưa báo cáo", "[ghi chú 2]")],
    }
    book.remove(book.active)
    names = {"Mục lục": "MucLuc", "Ghi chú": "GhiChu", "Theo địa bàn": "TheoDiaBan"}
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        first = None
        for number, row in enumerate(rows, 1):
            first = first or (number if isinstance(row, tuple) else None)
            for column, value in enumerate(row if isinstance(row, tuple) else (row,), 1):
                cell = sheet.cell(number, column, value)
                cell.font = title if number == 1 else head if number == first else plain
                cell.alignment = wrap if first else Alignment()
        if first:
            last = "ABCDE"[len(rows[-1]) - 1]
            make_table(sheet, names[name], f"A{first}:{last}{len(rows)}", rows[first - 1])
        for column in "ABCDE":
            sheet.column_dimensions[column].width = 24
    contents = book["Mục lục"]
    contents["A4"].hyperlink = Hyperlink(ref="A4", location="'Theo địa bàn'!A1")
    contents["A4"].font = Font(name="Arial", size=12, color="0563C1", underline="single")
    book._fonts[0] = plain
    book.properties.title = "Tiến độ giảm nghèo"
    book.properties.language = "vi-VN"
    book.save(path)



# ---- changes ----

BOOK = "xl/workbook.xml"
STYLES = "xl/styles.xml"
ONE, TWO, FOUR = (f"xl/worksheets/sheet{n}.xml" for n in (1, 2, 4))
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def sub(part, pattern, new, count=1):
    def change(parts):
        parts[part] = re.sub(pattern, new.replace("\\", "\\\\") if "\\g" not in new else new, parts[part].decode(), count, re.S).encode()

    return change


def put(part, before, what):
    return lambda parts: add(parts, part, before, what)


def part(name, data, content_type=None):
    def change(parts):
        parts[name] = data.encode() if isinstance(data, str) else data
        if content_type:
            add(parts, "[Content_Types].xml", "</Types>", f'<Override PartName="/{name}" ContentType="{content_type}"/>')

    return change


def drop(name):
    return lambda parts: parts.pop(name)


def relation(name, kind, target, extra=""):
    return put(name, "</Relationships>", f'<Relationship Id="rIdNew" Type="{RELATIONS}/{kind}" Target="{target}"{extra}/>')


def cell(sheet, at, new):
    """The element of a cell becomes another one."""
    return sub(sheet, rf'<c r="{at}"(?: [^>]*)?(?:/>|>.*?</c>)', new)


def text(sheet, at, new):
    """The text of a cell that has it itself; its format stays."""
    return sub(sheet, rf'(<c r="{at}"(?: s="\d+")?) [^>]*?>.*?</c>', rf'\g<1> t="inlineStr"><is><t>{new}</t></is></c>')


def attribute(sheet, at, new):
    """One more attribute of a cell."""
    return sub(sheet, rf'<c r="{at}"(?: s="\d+")?', f'<c r="{at}" {new}')


def both(*changes):
    def change(parts):
        for one in changes:
            one(parts)

    return change


def font(inside):
    """One more format, with this font; its number is the last one."""
    return style(f"<font>{inside}</font>", "")


def fill(inside):
    return style("", f"<fill>{inside}</fill>")


def style(new_font, new_fill, inside="", number=0):
    def change(parts):
        text = parts[STYLES].decode()
        n_font = len(re.findall(r"<font>|<font/>", text[: text.index("</fonts>")]))
        n_fill = len(re.findall(r"<fill>|<fill/>", text[: text.index("</fills>")]))
        formats = text[text.index("<cellXfs") : text.index("</cellXfs>")]
        change.index = formats.count("<xf ")
        text = text.replace("</fonts>", new_font + "</fonts>").replace("</fills>", new_fill + "</fills>")
        text = text.replace("</cellXfs>", f'<xf numFmtId="{number}" fontId="{n_font if new_font else 0}" fillId="{n_fill if new_fill else 0}" '
                            f'borderId="0" xfId="0">{inside}</xf></cellXfs>', 1)
        parts[STYLES] = re.sub(r'(<(?:fonts|fills|cellXfs)) count="\d+"', r"\1", text).encode()

    return change


def styled(sheet, at, change):
    """The cell in the format that the change adds."""

    def both_(parts):
        change(parts)
        sub(sheet, rf'<c r="{at}"(?: s="\d+")?', f'<c r="{at}" s="{change.index}"')(parts)

    return both_


ARIAL = '<name val="Arial"/><sz val="12"/>'
WRAP = '<alignment wrapText="1"/>'
WHOLE, ACCESSIBLE = "base.xlsx", "base.accessible.xlsx"

# rule, what to change: in the accessible workbook for the rules of such ones, else in the other
MUTANTS = [
    # the package
    ("content-type", sub("[Content_Types].xml", r"drawingml\.chart\+xml", "drawingml.chart2+xml")),
    ("content-type", sub("[Content_Types].xml", r'<Override PartName="/xl/theme/theme1.xml"', '<Override PartName="/xl/theme/gone.xml"')),
    ("content-type", sub("[Content_Types].xml", r'<Override PartName="/xl/styles.xml"[^>]*/>', "")),
    ("content-type", put("[Content_Types].xml", "</Types>", '<Default Extension="xml" ContentType="text/xml"/>')),
    ("content-type", both(part("xl/other.bin", "x"), relation("xl/_rels/workbook.xml.rels", "other", "other.bin"))),
    ("relationship", relation("xl/_rels/workbook.xml.rels", "customXml", "gone.xml")),
    ("relationship", put("xl/_rels/workbook.xml.rels", "</Relationships>", f'<Relationship Id="rId1" Type="{RELATIONS}/theme" Target="theme/theme1.xml"/>')),
    ("unreferenced-part", part("xl/left.xml", "<left/>")),
    ("external", relation("xl/worksheets/_rels/sheet2.xml.rels", "externalData", "file:///C:/a.xlsx", ' TargetMode="External"')),
    ("external", sub("xl/worksheets/_rels/sheet2.xml.rels", r"https://example.org/giam-ngheo", "file:///C:/a.xlsx")),
    ("external", sub(TWO, r"<f>'.*?C6</f>", "<f>[1]Nguồn!A1</f>")),
    ("external", sub(TWO, r"<f>'.*?C6</f>", "<f>'C:\\\\[a.xlsx]Nguồn'!A1</f>")),
    ("external", sub(TWO, r"<f>'.*?C6</f>", '<f>_xlfn.WEBSERVICE("https://example.org")</f>')),
    ("external", sub(TWO, r"<f>'.*?C6</f>", "<f>cmd|' /c calc'!A0</f>")),
    ("external", sub("xl/charts/chart1.xml", r"<f>'Tổng hợp'!\$C\$4:\$C\$5</f>", "<f>[1]Nguồn!$C$4:$C$5</f>")),
    ("macro", both(part("xl/vbaProject.bin", "x", "application/vnd.ms-office.vbaProject"), relation("xl/_rels/workbook.xml.rels", "vbaProject", "vbaProject.bin"))),
    ("macro", sub("[Content_Types].xml", r"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main\+xml",
                  "application/vnd.ms-excel.sheet.macroEnabled.main+xml")),
    ("macro", put(TWO, "</worksheet>", "<oleObjects/>")),
    ("doctype", sub("docProps/app.xml", r"<Properties", '<!DOCTYPE a [<!ENTITY b "c">]><Properties')),
    ("xml", sub("xl/theme/theme1.xml", r"</a:theme>", "")),
    # the workbook
    ("sheet-name", both(sub(BOOK, r'name="Chi tiết"', 'name="' + "ư" * 32 + '"'), sub(BOOK, r"'Chi tiết'!", f"'{'ư' * 32}'!", 0))),
    ("sheet-name", both(sub(BOOK, r'name="Chi tiết"', 'name="TỔNG  HỢP"'), sub(BOOK, r"'Chi tiết'!", "'TỔNG  HỢP'!", 0))),
    ("sheet-name", both(sub(BOOK, r'name="Chi tiết"', 'name="Chi/tiết"'), sub(BOOK, r"'Chi tiết'!", "'Chi/tiết'!", 0))),
    ("sheet-id", sub(BOOK, r'sheetId="2"', 'sheetId="1"')),
    ("sheet-part", put(BOOK, "</sheets>", '<sheet name="Ba" sheetId="3" r:id="rId1" xmlns:r="' + RELATIONS + '"/>')),
    ("sheet-part", put(BOOK, "</sheets>", '<sheet name="Ba" sheetId="3" r:id="rId99" xmlns:r="' + RELATIONS + '"/>')),
    ("view", sub(BOOK, r'activeTab="0"', 'activeTab="7"')),
    ("view", sub(BOOK, r'state="visible"', 'state="hidden"')),
    ("defined-name", sub(BOOK, r"'Chi tiết'!\$B\$2:\$B\$3", "'Không có'!$B$2:$B$3")),
    ("defined-name", sub(BOOK, r"'Chi tiết'!\$B\$2:\$B\$3", "'Chi tiết'!$B$20:$B$30")),
    ("defined-name", sub(BOOK, r"'Chi tiết'!\$B\$2:\$B\$3", "#REF!")),
    ("defined-name", put(BOOK, "</definedNames>", "<definedName name=\"tongho\">'Chi tiết'!$B$2</definedName>")),
    ("defined-name", put(BOOK, "</definedNames>", "<definedName name=\"Rieng\" localSheetId=\"5\">'Chi tiết'!$B$2</definedName>")),
    ("print-titles", sub(BOOK, r"'Tổng hợp'!3:3", "'Tổng hợp'!$30:$30")),
    ("print-titles", sub(BOOK, r"'Tổng hợp'!3:3", "'Chi tiết'!$1:$1")),
    ("print-titles", put(TWO, "</sheetData>", '<row r="90"><c r="A90"><v>1</v></c></row>')),
    ("print-titles", both(put(ONE, "</sheetData>", '<row r="90"><c r="A90"><v>1</v></c></row>'), sub(BOOK, r"'Tổng hợp'!3:3", "'Tổng hợp'!$A:$A"),
                          sub(ONE, r"(<sheetView [^>]*>)", r'\g<1><pane ySplit="3" topLeftCell="A4" activePane="bottomLeft" state="frozen"/>'))),
    # cells
    ("shared-string", sub(TWO, r'(<c r="A2" t="s"><v>)\d+', r"\g<1>99")),
    ("row-twice", put(ONE, "</sheetData>", '<row r="6"><c r="E6"><v>1</v></c></row>')),
    ("row-height", sub(ONE, r'<row r="4"', '<row r="4" ht="409.6"')),
    ("row-height", sub(ONE, r'<row r="4"', '<row r="4" ht="99999999" customHeight="1"')),
    ("row-order", sub(ONE, r'(<row r="4".*?</row>)(<row r="5".*?</row>)', r"\g<2>\g<1>")),
    ("cell-twice", sub(ONE, r'(<c r="B4" t="n"><v>10</v></c>)', r"\g<1>\g<1>")),
    ("cell-order", sub(ONE, r'(<c r="B4" t="n"><v>10</v></c>)(<c r="C4" t="n"><v>12</v></c>)', r"\g<2>\g<1>")),
    ("cell-place", sub(ONE, r'<c r="C4"', '<c r="C9"')),
    ("cell-place", sub(ONE, r'<c r="D4"', '<c r="XFE4"')),
    ("cell-value", cell(ONE, "B4", '<c r="B4" t="n"><v>mười</v></c>')),
    ("cell-value", cell(ONE, "B4", '<c r="B4"><v>1</v><v>2</v></c>')),
    ("cell-value", cell(ONE, "B4", '<c r="B4" t="b"><v>2</v></c>')),
    ("style-index", attribute(ONE, "B4", 's="99"')),
    ("style-index", sub(STYLES, r'fontId="2"', 'fontId="20"')),
    ("style-index", sub(ONE, r'dxfId="0"', 'dxfId="5"')),
    ("style-index", sub(ONE, r"<sheetData>", '<cols><col min="9" max="9" width="9" style="70"/></cols><sheetData>')),
    ("text", text(ONE, "A4", "X\ufffd A")),
    ("merge-overlap", put(ONE, "</mergeCells>", '<mergeCell ref="D1:F1"/>')),
    ("merge-hides", sub(ONE, r'(<row r="1">.*?)</row>', r'\g<1><c r="C1"><v>1</v></c></row>')),
    ("range", sub(ONE, r'<mergeCell ref="A1:D1"/>', '<mergeCell ref="A1:D1"/><mergeCell ref="A0:D0"/>')),
    ("range", sub(ONE, r'<autoFilter ref="A3:D5"', '<autoFilter ref="A3;D5"')),
    ("formula-value", sub(TWO, r"<v>19</v>", "")),
    ("formula-value", sub(TWO, r"<v>19</v>", "<v></v>")),
    ("formula-reference", sub(TWO, r"<f>'.*?C6</f>", "<f>'Không có'!C6</f>")),
    ("formula-reference", sub(TWO, r"<f>'.*?C6</f>", "<f>Không_có!C6</f>")),
    ("formula-reference", sub(TWO, r"<f>'.*?C6</f>", "<f>SUM(KhongCo[Số hộ])</f>")),
    ("formula-reference", sub(TWO, r"<f>'.*?C6</f>", "<f>SUM(#REF!)</f>")),
    ("formula-text", sub(TWO, r"<f>'.*?C6</f>", "<f>IF((COUNT(B2:B3)>0,1,0)</f>")),
    ("formula-text", sub(TWO, r"<f>'.*?C6</f>", '<f>IF(B2>0,"đạt)</f>')),
    ("formula-text", sub(ONE, r"<formula>.*?</formula>", '<formula>"chậm</formula>')),
    ("formula-function", sub(TWO, r"<f>'.*?C6</f>", "<f>IFF(B2>0,1,0)</f>")),
    ("formula-function", sub(TWO, r"<f>'.*?C6</f>", "<f>IFS(B2>0,1)</f>")),
    ("formula-circle", sub(TWO, r"<f>'.*?C6</f>", "<f>SUM(ROW(D3),B2:$D$3)</f>")),
    ("formula-circle", sub(TWO, r"<f>'.*?C6</f>", "<f>'Tổng hợp'!D3+'Chi tiết'!D3</f>")),
    ("error-value", cell(TWO, "D3", '<c r="D3" t="e"><f>1/0</f><v>#DIV/0!</v></c>')),
    ("hyperlink", sub(TWO, r'location="[^"]*"', "location=\"'Không có'!A1\"")),
    ("hyperlink", sub(TWO, r'ref="A6" r:id="rId1"', 'ref="A6" r:id="rId77"')),
    # tables
    ("table-range", sub("xl/tables/table1.xml", r'ref="A1:B3"', 'ref="A1:C3"')),
    ("table-range", sub("xl/tables/table1.xml", r'ref="A1:B3"', 'ref="A1:B9"')),
    ("table-overlap", put(TWO, "<hyperlinks>", '<mergeCells count="1"><mergeCell ref="B3:C3"/></mergeCells>')),
    ("table-header", sub("xl/tables/table1.xml", r'name="Chỉ tiêu"', 'name="Tên"')),
    ("table-header", cell(TWO, "B1", '<c r="B1"><v>2024</v></c>')),
    ("table-columns", both(sub("xl/tables/table1.xml", r'name="Chỉ tiêu"', 'name="Số hộ"'), sub(TWO, r'(<c r="A1" t="s"><v>)\d+', r"\g<1>1"))),
    ("table-name", both(sub("xl/tables/table1.xml", r'displayName="ChiTieu"', 'displayName="TongHo"'), sub(TWO, r"ChiTieu\[", "TongHo["))),
    # drawings
    ("chart-alt", sub("xl/drawings/drawing1.xml", r'descr="[^"]*"', 'descr=" "')),
    ("chart-reference", sub("xl/charts/chart1.xml", r"\$C\$4:\$C\$5", "$C$40:$C$50")),
    ("chart-reference", sub("xl/charts/chart1.xml", r"'Tổng hợp'!\$C\$4", "'Không có'!$C$4")),
    # what is seen
    ("status-word", cell(ONE, "D4", '<c r="D4" s="2"/>')),
    ("status-word", sub(ONE, r'type="cellIs" priority="1" operator="equal"', 'type="containsBlanks" priority="1"')),
    ("contrast", sub(STYLES, r'<font><color rgb="00006100"/>', '<font><color rgb="0000B050"/>')),
    ("contrast", sub(STYLES, r'<dxf><font><color rgb="009C0006"/>', '<dxf><font><color rgb="00FF0000"/>')),
    ("contrast", sub(STYLES, r'<font><color rgb="00006100"/>', '<font><color theme="0" tint="-0.5"/>')),
    ("contrast", sub(STYLES, r'<font><color rgb="00006100"/>', '<font><color indexed="10"/>')),
    ("contrast", sub("xl/sharedStrings.xml", r"<rPr><b/>", '<rPr><b/><color rgb="FFAAAAAA"/>')),
    ("contrast", both(sub(STYLES, r'<numFmts count="0"/>', '<numFmts><numFmt numFmtId="200" formatCode="#,##0;[Red]-#,##0"/></numFmts>'),
                      styled(ONE, "B4", style("", "", number=200)))),
    ("contrast", sub(ONE, r"<cfRule .*?</cfRule>", '<cfRule type="colorScale" priority="1"><colorScale><cfvo type="min"/><cfvo type="max"/>'
                     '<color rgb="FF202020"/><color rgb="FFFFFFFF"/></colorScale></cfRule>')),
    # the accessible workbook
    ("d1-table", both(sub(FOUR, r"<tableParts.*?</tableParts>", ""), drop("xl/tables/table3.xml"), drop("xl/worksheets/_rels/sheet4.xml.rels"),
                      sub("[Content_Types].xml", r'<Override PartName="/xl/tables/table3.xml"[^>]*/>', ""))),
    ("d1-table", sub(FOUR, r'(<row r="5">.*?)</row>', r'\g<1><c r="H5" s="5"><v>7</v></c></row>')),
    ("d1-table", put(ONE, "</sheetData>", '<row r="9"><c r="A9" s="2"><v>7</v></c></row>')),
    ("d2-table-name", sub("xl/tables/table3.xml", r'displayName="TheoDiaBan"', 'displayName="Table3"')),
    ("d2-table-name", sub("xl/tables/table3.xml", r'displayName="TheoDiaBan"', 'displayName="Theo_địa_bàn"')),
    ("d3-merge", put(FOUR, "<pageMargins", '<mergeCells count="1"><mergeCell ref="A2:C2"/></mergeCells>')),
    ("d4-blank", sub(FOUR, r'<row r="6">.*?</row>', '<row r="6"><c r="A6" s="5"/></row>')),
    ("d4-blank", sub(FOUR, r'<c r="D[567]"[^>]*>.*?</c>', "", 0)),
    ("d5-header", both(sub("xl/tables/table3.xml", r'name="Kế hoạch"', 'name="Thực  hiện"'), text(FOUR, "B4", "Thực  hiện"))),
    ("d5-header", sub("xl/tables/table3.xml", r'headerRowCount="1"', 'headerRowCount="0"')),
    ("d6-wrap", both(text(FOUR, "D6", "chậm tiến độ so với kế hoạch năm"), attribute(FOUR, "D6", 's="2"'))),
    ("d6-wrap", sub(FOUR, r'width="24" customWidth="1" min="2"', 'width="1" customWidth="1" min="2"')),
    ("d6-wrap", both(text(FOUR, "D6", "chậm tiến độ so với kế hoạch năm và thấp hơn nhiều so với cùng kỳ năm trước"),
                     sub(FOUR, r'<row r="6"', '<row r="6" ht="15" customHeight="1"'))),
    ("d7-filter", sub("xl/tables/table3.xml", r"<tableColumns", '<autoFilter ref="A4:E7"/><tableColumns')),
    ("d7-filter", sub(FOUR, r"<selection", '<pane ySplit="4" topLeftCell="A5" state="frozen"/><selection')),
    ("d8-empty", cell(FOUR, "C7", '<c r="C7" s="5"/>')),
    ("d9-hidden", sub(FOUR, r'<row r="6"', '<row r="6" hidden="1"')),
    ("d9-hidden", sub(FOUR, r'<col width="24"', '<col hidden="1" width="24"')),
    ("d9-hidden", sub(BOOK, r'state="visible" (r:id="rId4")', r'state="hidden" \g<1>')),
    ("d10-symbol", text(FOUR, "D6", "chậm *")),
    ("d10-symbol", text(FOUR, "D6", "đạt²")),
    ("d10-symbol", cell(FOUR, "D6", '<c r="D6" s="5" t="inlineStr"><is><r><t>chậm</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>a</t></r></is></c>')),
    ("d11-note-marker", text(FOUR, "D7", "chưa báo cáo [ghi chú 2]")),
    ("d11-note-marker", both(text(FOUR, "A1", "Kết quả theo địa bàn [ghi chú 2]"), text(FOUR, "E7", "[ghi chú 1]"))),
    ("d12-notes", text("xl/worksheets/sheet3.xml", "A5", "Ghi chú 1")),
    ("d12-notes", text(FOUR, "E7", "Không có")),
    ("d12-notes", text(FOUR, "A3", "Kỳ báo cáo tháng 5.")),
    ("d13-shorthand", text(FOUR, "C7", "[z]")),
    ("d13-shorthand", text(ONE, "A6", "Không dùng ký hiệu.")),
    ("d13-shorthand", text(FOUR, "C7", "–")),
    ("d13-shorthand", text(FOUR, "C7", "không có")),
    ("d14-link", text(TWO, "A4", "tại đây")),
    ("d14-link", text(TWO, "A4", "https://example.org")),
    ("d15-font", styled(FOUR, "B5", style(f'<font><name val="Arial"/><sz val="10"/></font>', "", WRAP))),
    ("d15-font", styled(FOUR, "B5", style('<font><name val="Times New Roman"/><sz val="12"/></font>', "", WRAP))),
    ("d15-font", styled(FOUR, "B5", style(f"<font><b/>{ARIAL}</font>", "", WRAP))),
    ("d15-font", styled(FOUR, "A2", style(f"<font><i/>{ARIAL}</font>", ""))),
    ("d15-font", styled(FOUR, "B5", style(f'<font><color rgb="FF9C0006"/>{ARIAL}</font>', "", WRAP))),
    ("d15-font", styled(FOUR, "B5", style(f"<font>{ARIAL}</font>", "", '<alignment wrapText="1" textRotation="90"/>'))),
    ("d15-font", text(FOUR, "A3", "CÁC GHI CHÚ Ở TRANG GHI CHÚ")),
    ("d16-title", attribute(FOUR, "A1", 's="2"')),
    ("d16-title", cell("xl/worksheets/sheet1.xml", "A1", "")),
    ("d17-floating", put(FOUR, "<tableParts", "<headerFooter><oddFooter>Trang &amp;P</oddFooter></headerFooter>")),
    ("d17-floating", both(part("xl/drawings/drawing1.xml", '<x:wsDr xmlns:x="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"><x:oneCellAnchor>'
                               "<x:from><x:col>7</x:col><x:row>2</x:row></x:from><x:sp/></x:oneCellAnchor></x:wsDr>",
                               "application/vnd.openxmlformats-officedocument.drawing+xml"),
                          relation("xl/worksheets/_rels/sheet4.xml.rels", "drawing", "../drawings/drawing1.xml"),
                          put(FOUR, "<tableParts", f'<drawing xmlns:r="{RELATIONS}" r:id="rIdNew"/>'))),
    ("d18-fill", styled(FOUR, "B5", style(f"<font>{ARIAL}</font>", '<fill><patternFill patternType="solid"><fgColor rgb="FFE7E6E6"/></patternFill></fill>', WRAP))),
    ("d18-fill", sub("xl/tables/table3.xml", r"TableStyleLight1", "TableStyleMedium9")),
    ("d18-fill", sub("xl/tables/table3.xml", r'showRowStripes="0"', 'showRowStripes="1"')),
    ("d19-colour", put(FOUR, "<pageMargins", '<conditionalFormatting sqref="B5:B7"><cfRule type="iconSet" priority="1"><iconSet><cfvo type="percent" val="0"/>'
                       '<cfvo type="percent" val="33"/><cfvo type="percent" val="67"/></iconSet></cfRule></conditionalFormatting>')),
    ("d19-colour", sub(FOUR, r"<sheetPr>", '<sheetPr><tabColor rgb="FFFF0000"/>')),
    ("d20-picture", both(part("xl/media/image1.png", b"\x89PNG", "image/png"), relation("xl/worksheets/_rels/sheet4.xml.rels", "image", "../media/image1.png"))),
    ("d21-sheets", sub(BOOK, r'name="Mục lục"', 'name="Danh sách"')),
    ("d21-sheets", both(sub(BOOK, r'name="Theo địa bàn"', 'name="Trang tính 4"'), sub(TWO, r'location="[^"]*"', "location=\"'Trang tính 4'!A1\""))),
    ("d21-sheets", both(sub(BOOK, r'name="Theo địa bàn"', 'name="' + "ư" * 31 + '"'), sub(TWO, r'location="[^"]*"', f"location=\"'{'ư' * 31}'!A1\""))),
    ("d22-layout", text(FOUR, "A2", "Trang tính này có các bảng.")),
    ("d22-layout", put(FOUR, "</sheetData>", '<row r="9"><c r="A9" s="2" t="inlineStr"><is><t>Nguồn: các xã.</t></is></c></row>')),
    ("d22-layout", both(text(FOUR, "A2", "Trang tính này có một bảng; các ghi chú ở trang tính Ghi chú."), cell(FOUR, "A3", '<c r="A3" s="2"/>'))),
    ("d23-properties", sub("docProps/core.xml", r"<dc:language.*?</dc:language>", "")),
    ("d23-properties", sub("docProps/core.xml", r"<dc:title.*?</dc:title>", "")),
    ("d24-cover", text(ONE, "A3", "Đơn vị: Phòng mẫu.")),
    ("d24-cover", text(ONE, "A5", "Số liệu mẫu.")),
    ("d24-cover", sub(ONE, r'activeCell="A1" sqref="A1"', 'activeCell="B9" sqref="B9"')),
    ("d24-cover", sub(BOOK, r'activeTab="0"', 'activeTab="3"')),
]


def findings(path):
    done = subprocess.run([KEHOACH, "--json", "lint", path], capture_output=True, text=True)
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()]


def main(folder):
    base = {name: read(os.path.join(folder, name)) for name in (WHOLE, ACCESSIBLE)}
    failed = 0
    with open("src/sheetlint/rules.c", encoding="utf-8") as f:
        for rule in set(re.findall(r'\[XL_\w+\] = \{ "([^"]+)"', f.read())) - {rule for rule, _ in MUTANTS}:
            print(f"{rule}: no change is made that breaks it")
            failed += 1
    for number, (rule, change) in enumerate(MUTANTS):
        name = ACCESSIBLE if re.match(r"d\d", rule) else WHOLE
        parts = dict(base[name])
        change(parts)
        path = os.path.join(folder, f"mutant{number}.{name}")
        write(path, parts)
        code, found = findings(path)
        rules = {f["rule"] for f in found if f["severity"] == "error"}
        if parts == base[name]:
            print(f"{number} {rule}: nothing was changed")
        elif code == 1 and rules == {rule}:
            os.remove(path)
            continue
        else:
            print(f"{number} {rule}: found {sorted(rules)}: {[f['message'] for f in found][:3]}")
        failed += 1
    return failed


if __name__ == "__main__":
    if sys.argv[1] == "make":
        make_presentation(os.path.join(sys.argv[2], WHOLE))
        make_accessible(os.path.join(sys.argv[2], ACCESSIBLE))
    else:
        sys.exit(main(sys.argv[2]) > 0)
