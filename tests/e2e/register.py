"""The golden register as other files: register.py FOLDER. Makes of tests/golden/register ho-dan.xlsx, ho-dan.xml, ho-dan-2.csv (quotes,
semicolons, other ends of lines) and jobs for them, in the folder; and a register of persons with its own templates."""
import csv
import os
import shutil
import sys

import openpyxl

SECRET = "NGUOI-BI-MAT"


def write_xml(path, head, rows):
    names = ["ma-ho", "ho-ten", "ma-thon", "dan-toc", "phan-loai-dau-nam", "phan-loai-cuoi-nam", "bien-dong"]
    with open(path, "w", encoding="utf-8") as f:
        f.write('<?xml version="1.0" encoding="UTF-8"?>\n<danh-sach>')
        for row in rows:
            f.write("<ho>" + "".join(f"<{n}>{v}</{n}>" for n, v in zip(names, row) if v) + "</ho>")
        f.write("</danh-sach>\n")


def write_xlsx(path, head, rows, behind=None):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["DANH SÁCH HỘ (số liệu mẫu)"])
    sheet.append(head)
    for row in rows:
        sheet.append([v if v else None for v in row])
    if behind:
        sheet.cell(4, len(head) + 2, behind)
    book.save(path)


def persons(folder):
    os.makedirs(folder + "/templates/datasets")
    os.makedirs(folder + "/templates/tables")
    with open(folder + "/templates/datasets/persons.xml", "w", encoding="utf-8") as f:
        f.write('<dataset xmlns="urn:kehoach:dataset:1" id="persons" title="Người"><field id="code" type="text"/><field id="area" type="area" key="yes"/>'
                '<field id="household" type="text"/><field id="age" type="count" max="120"/><field id="money" type="count" unit="đồng"/>'
                '<field id="person" type="text" key="yes"/></dataset>')
    with open(folder + "/templates/datasets/people.xml", "w", encoding="utf-8") as f:
        f.write('<dataset xmlns="urn:kehoach:dataset:1" id="people" title="Nhân khẩu"><field id="area" type="area" key="yes"/>'
                '<field id="families" type="count"><distinct from="persons" of="household"/></field>'
                '<field id="young" type="count"><distinct from="persons" of="household" where="age &lt; 16"/></field>'
                '<field id="children" type="count"><count from="persons" where="age &lt; 16"/></field>'
                '<field id="money" type="count" unit="đồng"><sum from="persons" of="money" where="age &gt;= 16"/></field></dataset>')
    with open(folder + "/templates/tables/people.xml", "w", encoding="utf-8") as f:
        f.write('<table xmlns="urn:kehoach:table:1" id="people" over="people" rows="area" title="Nhân khẩu"><column id="area" label="Xã" is="label"/>'
                '<column id="families" label="Hộ"/><column id="young" label="Hộ có trẻ em"/><column id="children" label="Trẻ em"/>'
                '<column id="money" label="Tiền"/><total label="Cộng"/></table>')
    with open(folder + "/plan.xml", "w", encoding="utf-8") as f:
        f.write('<plan xmlns="urn:kehoach:plan:1" in="people"><title>Nhân khẩu (số liệu mẫu)</title><section title="SỐ LIỆU"><table ref="people"/>'
                "<p>Số liệu mẫu./.</p></section><recipients><to>Như trên</to><file>VT</file></recipients></plan>")
    # h2 has members in two hamlets of one commune; p5 stands there twice; the age of p7 is not known.
    with open(folder + "/nguoi.csv", "w", encoding="utf-8") as f:
        f.write("person,household,code,age,money\np1,h1,4401001,40,100\np2,h1,4401001,7,5\np3,h2,4401001,15,1\np4,h2,4401002,30,200\n"
                "p5,h3,4402001,3,0\np5,h4,4402002,3,0\np6,h3,4402001,50,7\np7,h5,4403001,,9\n")


def main(folder):
    golden = "tests/golden/register"
    with open(golden + "/ho-dan.csv", encoding="utf-8") as f:
        head, *rows = list(csv.reader(f))
    for row in rows:
        row[1] = SECRET
    shutil.copytree(golden, folder, dirs_exist_ok=True)
    persons(folder + "/persons")
    shutil.copy(golden + "/dia-ban.csv", folder + "/persons")
    with open(golden + "/job.xml", encoding="utf-8") as f:
        job = f.read()
    with open(folder + "/persons/job.xml", "w", encoding="utf-8") as f:
        f.write(job.replace("poverty-dtts", "people").replace("household-register", "persons").replace("ho-dan.csv", "nguoi.csv"))
    write_xlsx(folder + "/ho-dan.xlsx", head, rows)
    write_xlsx(folder + "/ho-dan-4.xlsx", head, rows, SECRET)
    write_xml(folder + "/ho-dan.xml", head, rows)
    with open(folder + "/ho-dan-2.csv", "w", encoding="utf-8", newline="") as f:
        csv.writer(f, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows([head] + rows)
    with open(folder + "/ho-dan-3.csv", "w", encoding="utf-16", newline="") as f:
        csv.writer(f, lineterminator="\n").writerows([head] + rows)
    with open(folder + "/ho-dan-sai.csv", "w", encoding="utf-8", newline="") as f:
        bad = [[SECRET, SECRET, SECRET] + rows[0][3:], rows[0][:3] + [SECRET] * (len(head) - 3), rows[1] + [SECRET], rows[2]]
        csv.writer(f, lineterminator="\n").writerows([head] + rows + bad)
    for name in ("ho-dan.xlsx", "ho-dan.xml", "ho-dan-2.csv", "ho-dan-3.csv", "ho-dan-4.xlsx", "ho-dan-sai.csv"):
        with open(f"{folder}/job-{name}.job", "w", encoding="utf-8") as f:
            f.write(job.replace("ho-dan.csv", name))


main(sys.argv[1])
