#include "base/file.h"
#include "render/backend.h"
#include "rendered.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

static const char want[] =
	"THÀNH PHỐ SẦM SƠN    CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
	"ỦY BAN NHÂN DÂN      Độc lập - Tự do - Hạnh phúc\n"
	"PHƯỜNG BẮC SƠN       Bắc Sơn, ngày 09 tháng 3 năm 2023\n"
	"Số: 66/KH-UBND\n"
	"\n"
	"KẾ HOẠCH\n"
	"Giảm nghèo năm 2023\n"
	"\n"
	"I. MỤC TIÊU\n"
	"Phấn đấu giảm 07 hộ nghèo.\n"
	"  - Phấn đấu giảm 07 hộ nghèo.\n"
	"\n"
	"Nơi nhận:      TM. ỦY BAN NHÂN DÂN\n"
	"- Như trên;    CHỦ TỊCH\n"
	"- Lưu: VT.\n"
	"               Nguyễn Văn A\n"
	"\n"
	"========================================================================\n"
	"\n"
	"Phụ lục I\n"
	"SỐ LIỆU\n"
	"(Kèm theo Kế hoạch số 66/KH-UBND)\n"
	"\n"
	"Bảng 1. Hộ nghèo\n"
	"Đơn vị tính: hộ\n"
	"TT |    Đơn vị     | Số hộ |  Hộ nghèo\n"
	"   |               |       |   đầu năm\n"
	"   |               |       |    2023\n"
	"   |               |       | Số  | Tỷ lệ\n"
	"   |               |       | hộ  |  (%)\n"
	"---+---------------+-------+-----+------\n"
	"1  |       2       |   3   |  4  | 5=4/3\n"
	"1  | Tổ dân phố 1  | 1.200 |  07 |  0,58\n"
	"2  | =Tổ dân phố 2 |     0 |   0 |     -\n"
	"3  | Tổ dân phố 3  |       | [c] |\n"
	"   | Cộng          | 1.200 |  07 |  0,58\n"
	"Ghi chú: số liệu tại thời điểm lập kế hoạch.\n";

static const char *written(const struct document *doc, struct arena *a)
{
	char path[] = "/tmp/kehoach-text-XXXXXX";
	int fd = mkstemp(path);
	struct diags d = { 0 };
	struct bytes file;

	assert_true(fd >= 0);
	assert_true(backend_text.write(doc, NULL, path, &d));
	assert_true(file_read(path, path, 1 << 20, a, &file, &d));
	close(fd);
	file_remove(path);
	return file.data;
}

static void test_shows_all(void **state)
{
	struct arena a = { 0 };
	struct sample s;

	(void)state;
	sample_init(&s);
	assert_string_equal(written(&s.document, &a), want);
	arena_clear(&a);
}

static void test_draft_comes_first(void **state)
{
	struct arena a = { 0 };
	struct sample s;

	(void)state;
	sample_init(&s);
	s.document.draft = "DỰ THẢO";
	s.document.n_part = 0;
	assert_string_equal(written(&s.document, &a), "DỰ THẢO\n");
	arena_clear(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_shows_all),
		cmocka_unit_test(test_draft_comes_first),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
