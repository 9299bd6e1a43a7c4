python3 - <<'P'
import xlsx
FMT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
def custom(**named):
    items = "".join(f'<property fmtid="{FMT}" pid="{i}" name="kehoach.{k}"><vt:lpwstr>{v}</vt:lpwstr></property>' for i, (k, v) in enumerate(named.items(), 2))
    return ('<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"'
            f' xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">{items}</Properties>')
HEAD = ["Chỉ tiêu", "Mã chỉ tiêu", "Địa bàn", "Trạng thái", "Ghi chú kỳ này", "Ghi chú các kỳ trước"]
rows = [HEAD, ["Hộ thoát nghèo", "exits", "Thôn 1", "chậm", "đang rà soát", ""], ["Hộ thoát nghèo", "exits", "Thôn 2", "chậm", "", ""]]
rows += [["Hộ tái nghèo", "relapsed", "Thôn 1", "chậm", "", ""], ["Hộ tái nghèo", "relapsed", "Thôn 2", "chậm", "", ""]]
for row in rows:
    del row[1]
SHEET, JOB, PERIOD = "Ghi chú", "mau", "2024-01"
xlsx.write(name="previous.xlsx", job=False, root=xlsx.relations(("officeDocument", "xl/workbook.xml"), ("custom-properties", "docProps/custom.xml")), book=xlsx.workbook(SHEET), sheet1=xlsx.sheet(xlsx.rows(rows)), more={"docProps/custom.xml": custom(job=JOB, period=PERIOD)})
P
