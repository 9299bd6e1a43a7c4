"""N jobs for the benchmark, all different: a commune's plan of 83 paragraphs and 3,321 syllables, and a landscape table of
21 columns and 8 rows (or as many as a third argument says). Seeded: the same jobs on every machine."""
import os
import random
import sys

PARAGRAPHS, SYLLABLES, COLUMNS, ROWS = 83, 3321, 21, 8

PHRASES = """
tiếp tục đẩy mạnh công tác giảm nghèo bền vững gắn với xây dựng nông thôn mới
tổ chức rà soát hộ nghèo hộ cận nghèo bảo đảm công khai minh bạch đúng đối tượng
nâng cao nhận thức trách nhiệm của cấp ủy chính quyền và người dân
hỗ trợ vay vốn ưu đãi để phát triển sản xuất chăn nuôi trồng trọt
khuyến khích hộ nghèo chủ động vươn lên thoát nghèo không trông chờ ỷ lại
lồng ghép các nguồn lực của chương trình mục tiêu quốc gia trên địa bàn
mở lớp đào tạo nghề ngắn hạn và giới thiệu việc làm cho lao động nông thôn
cấp thẻ bảo hiểm y tế kịp thời cho người thuộc hộ nghèo hộ cận nghèo
miễn giảm học phí và hỗ trợ chi phí học tập cho học sinh
xây mới sửa chữa nhà ở cho các hộ có hoàn cảnh đặc biệt khó khăn
kiểm tra giám sát việc thực hiện chính sách ở từng thôn xóm tổ dân phố
phối hợp với Mặt trận Tổ quốc và các đoàn thể vận động quỹ vì người nghèo
đầu tư đường giao thông công trình thủy lợi nước sinh hoạt hợp vệ sinh
chuyển giao kỹ thuật giống cây trồng vật nuôi có năng suất cao
tăng cường tuyên truyền trên hệ thống loa truyền thanh cơ sở
phân công cán bộ công chức theo dõi giúp đỡ từng hộ đăng ký thoát nghèo
báo cáo định kỳ kết quả thực hiện về Ủy ban nhân dân huyện
bảo đảm an sinh xã hội phúc lợi cho đồng bào dân tộc thiểu số
nhân rộng mô hình giảm nghèo hiệu quả phù hợp điều kiện của địa phương
huy động doanh nghiệp hợp tác xã nhà hảo tâm cùng tham gia đóng góp
quản lý sử dụng kinh phí tiết kiệm đúng mục đích đúng chế độ quy định
ứng dụng công nghệ thông tin trong quản lý cơ sở dữ liệu hộ nghèo
khảo sát nhu cầu thực tế xác định nguyên nhân nghèo của mỗi gia đình
giao chỉ tiêu cụ thể cho thôn trưởng và các tổ chức chính trị xã hội
kịp thời khen thưởng tập thể cá nhân có thành tích tiêu biểu xuất sắc
""".strip().splitlines()


def sentences(rng, name):
    """PARAGRAPHS texts of SYLLABLES syllables in all; the commune's name stands in every third."""
    sizes = [SYLLABLES // PARAGRAPHS] * PARAGRAPHS
    for i in range(SYLLABLES - sum(sizes)):
        sizes[i] += 1
    for i in range(0, PARAGRAPHS - 1, 2):
        shift = rng.randint(-25, 25)
        sizes[i] += shift
        sizes[i + 1] -= shift
    for i, size in enumerate(sizes):
        words = (["Xã"] + name.split()) if i % 3 == 0 else []
        while len(words) < size:
            words += rng.choice(PHRASES).split()
            words[-1] += ","
        words = words[:size]
        words[0] = words[0][0].upper() + words[0][1:]
        words[-1] = words[-1].rstrip(",") + "."
        yield " ".join(words)


def plan(rng, name):
    out = ['<plan xmlns="urn:kehoach:plan:1">', f"<title>Giảm nghèo bền vững năm {{period}} xã {name}</title>"]
    for i, text in enumerate(sentences(rng, name)):
        if i % 12 == 0:
            out += ["</section>"] if i else []
            out += [f'<section title="Nhiệm vụ {i // 12 + 1}">']
        first, rest = text.split(" ", 1) if i % 4 else ("", text)
        out.append(f"<p>{'<b>' + first + '</b> ' if first else ''}{rest}</p>" if i % 2 else f"<li>{text}</li>")
    out += ["</section>", "<recipients><to>Như trên</to><file>VT</file></recipients>",
            '<appendix table="bench" orientation="landscape" title="Biểu chỉ tiêu"/>', "</plan>"]
    return "\n".join(out) + "\n"


def write(path, text):
    with open(path, "w", encoding="utf-8") as f:
        f.write(text)


def form(folder):
    """The page of the goals: margins 30/20/20/20 mm and a pitch of 19 pt, which makes nine pages of the text."""
    with open("templates/forms/nd30.xml", encoding="utf-8") as f:
        style = f.read()
    for old, new in (("right-mm=\"15\"", "right-mm=\"20\""), ("line-spacing=\"1\"", "line-spacing=\"1.18\""),
                     ("paragraph-gap-pt=\"6\"", "paragraph-gap-pt=\"0\"")):
        assert old in style, old
        style = style.replace(old, new)
    os.makedirs(f"{folder}/templates/forms", exist_ok=True)
    write(f"{folder}/templates/forms/bench.xml", style)


def templates(folder):
    os.makedirs(f"{folder}/templates/datasets", exist_ok=True)
    os.makedirs(f"{folder}/templates/tables", exist_ok=True)
    fields = "".join(f'<field id="c{i}" type="count" unit="hộ"><name>Cột {i}</name></field>' for i in range(2, COLUMNS - 4))
    write(f"{folder}/templates/datasets/bench.xml", '<dataset xmlns="urn:kehoach:dataset:1" id="bench" title="Số liệu">'
          f'<field id="area" type="area" key="yes"><name>Thôn</name></field>{fields}</dataset>\n')
    columns = "".join(f'<column id="c{i}" label="Số hộ loại {i}"/>' for i in range(2, COLUMNS - 4))
    rates = "".join(f'<column id="r{i}" label="Tỷ lệ {i} (%)" unit="%" value="c{i} / c2 * 100" decimals="2"/>' for i in range(3, 7))
    write(f"{folder}/templates/tables/bench.xml", '<table xmlns="urn:kehoach:table:1" id="bench" over="bench" rows="area" '
          'title="Biểu chỉ tiêu năm {period}"><column id="no" label="TT" is="ordinal"/><column id="area" label="Thôn" is="label"/>'
          f'<group label="Số liệu đầu năm">{columns}</group><group label="Tỷ lệ">{rates}</group><total label="Cộng"/></table>\n')


def main(folder, n, n_row):
    os.makedirs(folder, exist_ok=True)
    templates(folder)
    form(folder)
    rng = random.Random(2026)
    header = ";".join(["Thôn"] + [f"Cột {i}" for i in range(2, COLUMNS - 4)])
    for k in range(1, n + 1):
        name = f"{rng.choice(['Bình', 'An', 'Phú', 'Tân', 'Đông', 'Hòa'])} {rng.choice(['Thạnh', 'Lộc', 'Mỹ', 'Sơn', 'Hưng'])} {k}"
        rows = [header] + [";".join([f"Thôn {r}"] + [str(rng.randint(1, 999)) for _ in range(2, COLUMNS - 4)]) for r in range(1, n_row + 1)]
        write(f"{folder}/data-{k}.csv", "\n".join(rows) + "\n")
        write(f"{folder}/plan-{k}.xml", plan(rng, name))
        write(f"{folder}/job-{k}.xml",
              f'<job xmlns="urn:kehoach:job:1" id="bench-{k}" period="2026"><agency name="Ủy ban nhân dân xã {name}" area="xã {name}"/>'
              f'<document number="{k}" symbol="KH-UBND" place="{name}" date="2026-01-15"/>'
              f'<source id="data" dataset="bench" href="data-{k}.csv"/><plan href="plan-{k}.xml"/><workbook tables="bench"/><form name="bench"/>'
              '<signer authority="TM. ỦY BAN NHÂN DÂN" title="CHỦ TỊCH" name="Nguyễn Văn A"/></job>\n')


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else ROWS)
