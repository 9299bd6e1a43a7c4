/* model/areanames.c and nearnames.c: which names of areas are one, which are near. */
#include "base/file.h"
#include "base/utf8.h"
#include "model/nearnames.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static const struct area_names *read_names(struct arena *a)
{
	struct library library;
	struct diags d = { 0 };
	const struct area_names *names;

	library_init(&library, a);
	library_add(&library, "templates", "templates");
	names = area_names_read(&library, (struct origin){ 0 }, a, &d);
	assert_non_null(names);
	assert_int_equal(d.n_finding, 0);
	diags_clear(&d);
	return names;
}

/* Reads areas/prefixes.xml of a folder of its own; the findings as "ROW RULE" in lines. */
static const char *read_text(const char *text, bool *ok, struct arena *a)
{
	const char *tmp = getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp";
	char *dir = arena_printf(a, "%s/kehoach-areas-XXXXXX", tmp);
	struct library library;
	struct diags d = { 0 };
	const char *path;
	const char *said = "";

	assert_non_null(mkdtemp(dir));
	path = file_join(dir, "areas/prefixes.xml", a);
	text = arena_printf(a, "<areas xmlns=\"urn:kehoach:areas:1\">\n%s</areas>\n", text);
	assert_true(file_make_dirs(file_dir(path, a), &d) && file_write(path, text, strlen(text), &d));
	library_init(&library, a);
	library_add(&library, dir, "templates");
	*ok = area_names_read(&library, (struct origin){ 0 }, a, &d);
	for (size_t i = 0; i < d.n_finding; i++)
		said = arena_printf(a, "%s%u %s\n", said, d.finding[i].at.row, d.finding[i].rule);
	remove(path);
	rmdir(file_dir(path, a));
	rmdir(dir);
	diags_clear(&d);
	return said;
}

static void test_read(void **state)
{
	static const struct {
		const char *text;
		const char *want;
	} texts[] = {
		{ "", "" },
		{ "<level><kind name='x'><form>y</form><form before='name'>z.</form></kind></level><list-word>w</list-word>", "" },
		{ "<level><kind name='x'/>\n<kind name='X'/></level>", "3 areas\n" },
		{ "<level><kind name='x'><form>y</form>\n<form> Y </form></kind></level>", "3 areas\n" },
		{ "<level><kind name=' '/>\n<kind/></level><number-word/>", "2 areas\n3 missing-attribute\n3 areas\n" },
		{ "<level><kind name='x'><form>.</form></kind></level>", "2 areas\n" },
		{ "<level><kind name='x'><form><b/></form></kind></level>", "2 areas\n" },
		{ "<level a='1'><kind name='x' b='2'><form c='3'>y</form></kind></level>",
			"2 unknown-attribute\n2 unknown-attribute\n2 unknown-attribute\n" },
		{ "<level><king/></level>\n<lever/>", "2 unknown-element\n3 unknown-element\n" },
		{ "<level><kind name='x'><form before='nothing'>y</form></kind></level>", "2 value\n" },
		{ "<list-word>một hai ba bốn năm sáu bảy tám chín mười</list-word>", "2 areas\n" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct arena a = { 0 };
		bool ok;
		const char *said = read_text(texts[i].text, &ok, &a);

		if (strcmp(said, texts[i].want) != 0 || ok != !*said)
			fail_msg("%s: got %d\n%s", texts[i].text, ok, said);
		arena_clear(&a);
	}
}

static const struct {
	const char *text;
	const char *normal;
	const char *bare;
} forms[] = {
	{ "Tổ 1", "tổ dân phố 1", "1" },
	{ "TDP số 01", "tổ dân phố 1", "1" },
	{ "TDP-1", "tổ dân phố 1", "1" },
	{ "T.D.P 1", "tổ dân phố 1", "1" },
	{ "Tổ DP số: 001", "tổ dân phố 1", "1" },
	{ "T. 4", "tổ dân phố 4", "4" },
	{ "t.4", "tổ dân phố 4", "4" },
	{ "T. Lào Cai", "tỉnh lào cai", "lào cai" },
	{ "T Lào Cai", "t lào cai", "t lào cai" },
	{ "KP4", "khu phố 4", "4" },
	{ "K.P. 4", "khu phố 4", "4" },
	{ "Khu phố IV", "khu phố 4", "4" },
	{ "KHU PHỐ IV", "khu phố 4", "4" },
	{ "khu phố iv", "khu phố 4", "4" },
	{ "Khu phố IV Đông", "khu phố 4 đông", "4 đông" },
	{ "Điện Biên II", "điện biên 2", "điện biên 2" },
	{ "Bản Vi", "bản vi", "vi" },
	{ "BẢN VI", "bản 6", "6" },
	{ "Khu phố C", "khu phố c", "c" },
	{ "Khu phố V", "khu phố 5", "5" },
	{ "Khu phố IIII", "khu phố iiii", "iiii" },
	{ "Thôn 1 (*)", "thôn 1", "1" },
	{ "Thôn 2*", "thôn 2", "2" },
	{ "Thôn 2 (**).", "thôn 2", "2" },
	{ "Thôn 2.", "thôn 2", "2" },
	{ "1. Thôn 1", "thôn 1", "1" },
	{ "12) Bắc Sơn", "bắc sơn", "bắc sơn" },
	{ "1.2", "1.2", "1.2" },
	{ "1. 2", "1. 2", "1. 2" },
	{ "*", "*", "*" },
	{ "(*)", "(*)", "(*)" },
	{ "Thôn 1 (xóm Đồng)", "thôn 1 (xóm đồng)", "1 (xóm đồng)" },
	{ "P.Bắc Sơn", "phường bắc sơn", "bắc sơn" },
	{ "P.1", "phường 1", "1" },
	{ "P1", "phường 1", "1" },
	{ "TP. Lào Cai", "thành phố lào cai", "lào cai" },
	{ "H\u2019Lăk", "h'lăk", "h'lăk" },
	{ "Thôn Bản Pho", "thôn bản pho", "bản pho" },
	{ "Bản Pho", "bản pho", "pho" },
	{ "Xã", "xã", "xã" },
	{ "Tổ dân phố", "tổ dân phố", "tổ dân phố" },
	{ "Khu phố.", "khu phố", "khu phố" },
	{ "Tổ dân phố số", "tổ dân phố số", "số" },
	{ "Thôn Số Một", "thôn số một", "số một" },
	{ "5", "5", "5" },
	{ "05", "5", "5" },
	{ "0", "0", "0" },
	{ "Thôn 00", "thôn 0", "0" },
	{ "Km 1.05", "km 1.05", "km 1.05" },
	{ "Khu phố 4.", "khu phố 4", "4" },
	{ "", "", "" },
	{ ".", ".", "." },
};

static void test_forms(void **state)
{
	struct arena a = { 0 };
	const struct area_names *names = read_names(&a);

	(void)state;
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
		struct area_name name;
		struct area_name again;

		area_name_of(names, forms[i].text, utf8_fold(forms[i].text, strlen(forms[i].text), &a), &a, &name);
		if (strcmp(name.normal, forms[i].normal) != 0 || strcmp(name.normal + name.bare, forms[i].bare) != 0)
			fail_msg("%s: got '%s', '%s'", forms[i].text, name.normal, name.normal + name.bare);
		area_name_of(names, name.normal, name.normal, &a, &again);
		if (strcmp(again.normal, name.normal) != 0)
			fail_msg("%s: the form of its form is '%s'", name.normal, again.normal);
	}
	assert_string_equal(area_names_normal(NULL, "Tổ  01", &a), "tổ 1");
	arena_clear(&a);
}

static const struct {
	const char *one;
	const char *other;
	bool equal;
} pairs[] = {
	{ "TDP số 1", "Tổ dân phố 01", true },
	{ "Tổ 1", "TDP số 01", true },
	{ "Tổ 1", "Tổ 11", false },
	{ "Tổ 1", "Tổ 1a", false },
	{ "Tổ 1", "Thôn 1", false },
	{ "Khu phố I", "Khu phố 1", true },
	{ "Khu phố XIV", "KP 14", true },
	{ "Khu phố 4", "Khu phố 14", false },
	{ "Bản Mới", "Bản Mới 1", false },
	{ "Bản Mới I", "Bản Mới 01", true },
	{ "Xã Hòa Bình", "Xã Hoà Bình", true },
	{ "Xã Hòa Bình", "X. Hoà Bình", true },
	{ "Xã Hòa Bình", "Xã Hóa Bình", false },
	/* decomposed; a space that does not break, two spaces, an unseen mark */
	{ "Xa\u0303 Ho\u0300a Bi\u0300nh", "Xã Hòa Bình", true },
	{ "To\u0302\u0309\u00A0 da\u0302n\u200B phô\u0301 1", "Tổ 1", true },
	{ "\u0110ức Thọ", "\u00D0ức Thọ", true },
	{ "TP. Lào Cai", "Thành phố Lào Cai", true },
	{ "TP Lào Cai", "Tỉnh Lào Cai", false },
	{ "P.Bắc Sơn", "Phường Bắc Sơn", true },
	{ "P.Bắc Sơn", "Bắc Sơn", false },
	{ "TT. Sa Pa", "Thị trấn Sa Pa", true },
	{ "TX Bỉm Sơn", "Thị xã Bỉm Sơn", true },
	{ "H. Kông Chro", "HUYỆN KÔNG CHRO", true },
	{ "Bắc Sơn", "Bắc Son", false },
	{ "Th. 7", "Thôn 7", true },
	{ "Tiểu khu 5", "TK5", true },
	{ "Khu 5", "Khu phố 5", false },
};

static void test_pairs(void **state)
{
	struct arena a = { 0 };
	const struct area_names *names = read_names(&a);

	(void)state;
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
		const char *one = area_names_normal(names, pairs[i].one, &a);
		const char *other = area_names_normal(names, pairs[i].other, &a);

		if (!strcmp(one, other) != pairs[i].equal)
			fail_msg("%s: '%s', %s: '%s'", pairs[i].one, one, pairs[i].other, other);
	}
	arena_clear(&a);
}

static const struct {
	const char *one;
	const char *other;
	enum nearness want;
} near[] = {
	{ "Thôn 1 (xóm Đồng)", "Thôn 1", NEAR_EDITED },
	{ "Thôn 1 (xóm Đồng)", "1", NEAR_EDITED },
	{ "Thôn 1 (xóm Đồng)", "Thôn 2", NEAR_NOT },
	{ "Thôn 1 (xóm Đồng)", "Xã 1", NEAR_NOT },
	{ "Thôn 1 (xóm Đồng)", "Thôn 1 (xóm Hạ)", NEAR_NOT },
	{ "Khu phố 12a", "Khu phố 12", NEAR_EDITED },
	{ "Khu phố 12a", "Khu phố 12b", NEAR_NOT },
	{ "Khu phố 4", "Khu phố 14", NEAR_NOT },
	{ "Khu phố I", "Khu phố II", NEAR_NOT },
	{ "Bản Mới", "Bản Mới 1", NEAR_NOT },
	{ "Bản Mới 1", "Bản Mới 2", NEAR_NOT },
	{ "Thôn A", "Thôn B", NEAR_NOT },
	{ "Tân Lập A", "Tân Lập B", NEAR_NOT },
	{ "Tân Lập", "Tân Lập A", NEAR_NOT },
	{ "Thôn Đông", "Thôn Tây", NEAR_NOT },
	{ "Thôn Tân Hòa", "Thôn Tân Hóa", NEAR_MARKS },
	{ "Thôn Bắc Sơn", "Thôn Bác Son", NEAR_MARKS },
	{ "Xã Bắc Sơn", "Thị trấn Bắc Sơn", NEAR_BARE },
	{ "Xã Bắc Sơn", "Thôn Bắc Sơn", NEAR_NOT },
	{ "Tỉnh Lào Cai", "TP. Lào Cai", NEAR_NOT },
	{ "Bắc Sơn", "Thôn Bắc Sơn", NEAR_BARE },
	{ "Thôn 5", "Khu phố 5", NEAR_BARE },
	{ "Thôn Bắc Sơn", "Thôn Bắc Sơnn", NEAR_EDITED },
	{ "Thôn Bắc Sơn", "Thôn Bcắ Sơn", NEAR_EDITED },
	{ "Thôn Bắc Sơn", "Bản Bắc Sơnn", NEAR_NOT },
	{ "Thôn Bắc Sơn", "Bắc Sơnn", NEAR_EDITED },
	{ "Thôn Đông Thượng", "Thôn Dong Thươngg", NEAR_EDITED },
	{ "Thôn Tên Cũ", "Thôn Tên Mới", NEAR_NOT },
	{ "Thôn Quý", "Thôn Quí", NEAR_MARKS },
	{ "Thôn Mỹ Lý", "Mĩ Lí", NEAR_MARKS },
	{ "Thôn I", "Thôn Y", NEAR_NOT },
	{ "Thôn A-B", "Thôn A - B", NEAR_MARKS },
	{ "Thôn A-B", "Thôn A - C", NEAR_NOT },
	{ "Thôn Nà Phạ-Nà Chèo", "Thôn Nà Phạ - Nà Chèo", NEAR_MARKS },
	{ "Thôn Nam", "Thôn Năm", NEAR_MARKS },
	{ "Thôn Hạ", "Thôn Hậu", NEAR_NOT },
};

static void test_near(void **state)
{
	struct arena a = { 0 };
	const struct area_names *names = read_names(&a);

	(void)state;
	for (size_t i = 0; i < sizeof near / sizeof *near; i++) {
		struct area_name name[2];
		struct plain_name plain[2];
		enum nearness got;

		area_name_of(names, near[i].one, utf8_fold(near[i].one, strlen(near[i].one), &a), &a, &name[0]);
		area_name_of(names, near[i].other, utf8_fold(near[i].other, strlen(near[i].other), &a), &a, &name[1]);
		for (size_t k = 0; k < 2; k++)
			plain_name_of(&name[k], &a, &plain[k]);
		got = plain_names_compare(&plain[0], &plain[1]);
		if (got != near[i].want || got != plain_names_compare(&plain[1], &plain[0]))
			fail_msg("%s, %s: got %d", near[i].one, near[i].other, (int)got);
	}
	arena_clear(&a);
}

static void test_nearest(void **state)
{
	static const char *const texts[] = { "Khu phố 4", "Khu phố Đông", "Khu phố Đồng Tâm" };
	struct plain_name candidate[3];
	struct plain_name name;
	struct arena a = { 0 };
	const struct area_names *names = read_names(&a);

	(void)state;
	for (size_t i = 0; i < 3; i++)
		plain_name_read(names, texts[i], &a, &candidate[i]);
	plain_name_read(names, "KP Dong Tâm", &a, &name);
	assert_int_equal(plain_names_nearest(&name, candidate, 3), 2);
	plain_name_read(names, "khu phố 14", &a, &name);
	assert_int_equal(plain_names_nearest(&name, candidate, 3), 3);
	arena_clear(&a);
}

static void test_prefix(void **state)
{
	static const struct {
		const char *text;
		const char *prefix;
	} texts[] = {
		{ "Khu phố 9", "Khu phố " },
		{ "KP9", "KP" },
		{ "TDP số 04", "TDP số " },
		{ "Tổ dân phố Đông", "Tổ dân phố " },
		{ "Khu phố Bắc Sơn", "Khu phố " },
		{ "P.Bắc Sơn", "P." },
		{ "Bắc Sơn", "" },
		{ "Khu phố", "" },
		{ "", "" },
	};
	struct arena a = { 0 };
	const struct area_names *names = read_names(&a);

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		assert_int_equal(area_names_prefix(names, texts[i].text), strlen(texts[i].prefix));
	assert_int_equal(area_names_list_word(names, "Các khu phố"), strlen("Các "));
	assert_int_equal(area_names_list_word(names, "Cách Mạng"), 0);
	assert_int_equal(area_names_list_word(NULL, "Các khu phố"), 0);
	arena_clear(&a);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_read),
		cmocka_unit_test(test_forms),
		cmocka_unit_test(test_pairs),
		cmocka_unit_test(test_near),
		cmocka_unit_test(test_nearest),
		cmocka_unit_test(test_prefix),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("areanames", tests, NULL, NULL);
}
