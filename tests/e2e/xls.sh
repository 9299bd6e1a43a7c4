#!/bin/sh
# Old Excel files as LibreOffice and Gnumeric write them have the rows of the CSV they were made from; kinds, formulas, merged
# and hidden ones of LibreOffice's, and texts in its other formats; and what those two programs read in workbooks made byte by byte, we read too.
. "$(dirname "$0")/lib.sh"
export PYTHONPATH="$root/tests/bad" PYTHONDONTWRITEBYTECODE=1
mode=${MODE:-release}
pkgs="cairo harfbuzz harfbuzz-subset freetype2 libxml-2.0 xlsxwriter libutf8proc libcrypto libzip zlib libgsf-1"
! pkg-config --exists libisal || pkgs="$pkgs libisal"
sanitize=
[ "$mode" != asan ] || sanitize="-fsanitize=address,undefined"

office() { # format:filter, file, option
	soffice "-env:UserInstallation=file://$tmp/office" --headless --convert-to "$1" --outdir "$tmp" ${3:+"$3"} "$2" >/dev/null 2>&1
}
rows() { # file, sheet
	"$tmp/rows" "$@"
}
same_rows() { # file, file
	rows "$1" >"$tmp/one" && rows "$2" >"$tmp/two" && [ -s "$tmp/one" ] && cmp "$tmp/one" "$tmp/two" && return
	diff "$tmp/one" "$tmp/two" | cut -c 1-300 | head -20
	return 1
}
ok "the tool that prints rows" ${CC:-gcc} -std=c17 $sanitize -Isrc -D_POSIX_C_SOURCE=200809L -o "$tmp/rows" tests/e2e/rows.c \
	"out/obj/$mode/kehoach.a" $(pkg-config --libs $pkgs) -lm

"$PYTHON" - "$tmp/data.csv" <<'END'
import csv, random, sys

pick = random.Random(3)
words = ["Thôn", "Tổ dân phố", "Bản", "số 1", "Đông", "Phú Ước", "ằẵ", "e\u0301", "Khu 5; khu 6"]
with open(sys.argv[1], "w", encoding="utf-8", newline="") as f:
    out = csv.writer(f)
    for i in range(3000):
        name = " ".join(pick.choices(words, k=pick.randint(1, 60))) + f" {i}"
        out.writerow([name, i, -i, f"{i / 4:g}", pick.choice(["", "x", "Có"]), pick.randint(0, 10**9), pick.choice([0.0513, 1.5, 100, -0.01])])
END
cp "$tmp/data.csv" "$tmp/office.csv"
ok "LibreOffice writes an XLS" office 'xls:MS Excel 97' "$tmp/office.csv" --infilter=CSV:44,34,76,1
ok "with the rows of the CSV" same_rows "$tmp/data.csv" "$tmp/office.xls"
ok "Gnumeric writes an XLS" ssconvert -T Gnumeric_Excel:excel_biff8 "$tmp/data.csv" "$tmp/gnumeric.xls"
ok "with the rows of the CSV" same_rows "$tmp/data.csv" "$tmp/gnumeric.xls"

cp tests/e2e/xls.fods "$tmp/kinds.fods"
ok "LibreOffice writes an XLS with kinds, formulas, merged and hidden ones" office 'xls:MS Excel 97' "$tmp/kinds.fods"
(cd "$tmp" && KINDS=1 rows kinds.xls 'biểu 1' >kinds 2>&1)
ok "which are read" diff tests/e2e/xls.want "$tmp/kinds"

# Its other formats: texts, also of fonts of before Unicode, are the same; all values of formulas are there.
texts() { # file
	rows "$1" 'biểu 1' >"$tmp/texts" 2>"$tmp/findings" && ! grep error "$tmp/findings" && grep "1=Thôn 4	2=Ước Thôn «" "$tmp/texts"
}
ok "LibreOffice writes an XLSX with them" office 'xlsx:Calc MS Excel 2007 XML' "$tmp/kinds.fods"
ok "whose texts are the same" texts "$tmp/kinds.xlsx"
ok "LibreOffice writes an ODS with them" office 'ods:calc8' "$tmp/kinds.fods"
ok "whose texts are the same" texts "$tmp/kinds.ods"
ok "LibreOffice writes an XML Spreadsheet with them" office 'xml:MS Excel 2003 XML' "$tmp/kinds.fods"
ok "whose texts are the same" texts "$tmp/kinds.xml"

# What makes sense in two ways is as the others of its font are, in whatever format and beside whatever other fonts.
"$PYTHON" - "$tmp/fonts.fods" <<'END'
import sys

def style(name, font):
    return f'<style:style style:name="{name}" style:family="table-cell"><style:text-properties style:font-name="{font}"/></style:style>'
rows = [("a", "Thôn Lâm"), ("v", "Xãm Hè"), ("v", "Th«n Sãc"), ("n", "Hoá"), ("n", "Thoân Ñoàng"), ("a", "Thôn Sần")]
faces = {"a": "Arial", "w": ".VnArial", "v": ".VnTime", "n": "VNI-Times"}
print(f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.spreadsheet">
<office:font-face-decls>{"".join(f'<style:font-face style:name="{f}" svg:font-family="{f}"/>' for f in faces.values())}</office:font-face-decls>
<office:automatic-styles>{"".join(style(n, f) for n, f in faces.items())}</office:automatic-styles>
<office:body><office:spreadsheet><table:table table:name="A">
{"".join(f'<table:table-row><table:table-cell table:style-name="{s}" office:value-type="string"><text:p>{t}</text:p></table:table-cell></table:table-row>' for s, t in rows)}
</table:table></office:spreadsheet></office:body></office:document>""", file=open(sys.argv[1], "w", encoding="utf-8"))
END
fonts_read() { # file
	rows "$1" 2>/dev/null | sed 's/^[0-9]*:.1=//' | tr '\n' '|' >"$tmp/texts"
	[ "$(cat "$tmp/texts")" = "Thôn Lâm|Xóm Hố|Thôn Sóc|Hố|Thôn Đồng|Thôn Sần|" ] || { cat "$tmp/texts"; return 1; }
}
ok "texts in fonts of before Unicode that make sense in two ways" fonts_read "$tmp/fonts.fods"
for format in 'xls:MS Excel 97' 'xlsx:Calc MS Excel 2007 XML' 'ods:calc8' 'xml:MS Excel 2003 XML'; do
	ok "LibreOffice writes them as ${format#*:}" office "$format" "$tmp/fonts.fods"
	ok "which are read the same" fonts_read "$tmp/fonts.${format%%:*}"
done

"$PYTHON" - "$tmp/made.xls" <<'END'
import random, sys
from xls import *

pick = random.Random(5)
strings = ["".join(pick.choices("abc ăâđêôơư", k=pick.randint(1, 300))).strip() or "x" for _ in range(400)]
# the table of texts, cut where the records end as Excel cuts it: inside of characters with a new byte of flags
records, now = [], struct.pack("<II", 400, 400)
for s in strings:
    wide = any(ord(c) > 255 for c in s)
    if len(now) + 3 > 8224:
        records.append(now)
        now = b""
    now += struct.pack("<HB", len(s), wide)
    for c in s:
        if len(now) + 1 + wide > 8224:
            records.append(now)
            wide = wide or pick.random() < 0.5
            now = bytes([wide])
        now += c.encode("utf-16-le") if wide else c.encode("latin-1")
records.append(now)
table = record(0x00FC, records[0]) + b"".join(record(0x003C, r) for r in records[1:])
sheet = b""
for i in range(400):
    x = pick.randint(0, 10**6) / 8
    sheet += shared(i, 0, i) + number(i, 1, pick.randint(-(10**9), 10**9) / 64)
    sheet += record(0x027E, place(i, 2) + struct.pack("<I", (pick.randint(-(2**29), 2**29 - 1) << 2 | pick.choice([2, 3])) % 2**32))
    sheet += record(0x00BD, struct.pack("<HHHIHIH", i, 3, 0, pick.randint(0, 99) << 2 | 2, 0, 0x40140000 | pick.choice([0, 1]), 4))
    sheet += formula(i, 5, x, tokens=b"\x1F" + struct.pack("<d", x))
    sheet += formula(i, 6, b"\0\0\0\0\0\0\xFF\xFF", tokens=b"\x17" + text(f"kết quả {i}", size="<B")) + record(0x0207, text(f"kết quả {i}"))
save(sys.argv[1], workbook([("Biểu", sheet)], book=font("Arial") * 4 + table))
END
ok "LibreOffice reads a made XLS" office 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false' "$tmp/made.xls"
ok "as we do" same_rows "$tmp/made.csv" "$tmp/made.xls"
finish
