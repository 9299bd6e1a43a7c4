#include "base/file.h"
#include "render/manifest.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

static const struct manifest_file inputs[] = { { "job.xml", "00aa" }, { "fonts/\"odd\".ttf", "11bb" } };
static const struct manifest_file outputs[] = { { "plan.pdf", "22cc" } };
static const struct manifest sample = { "bac-son-2023", "kehoach 0.1.0", inputs, 2, outputs, 1 };

static void test_exact_text(void **state)
{
	char path[] = "/tmp/kehoach-manifest-XXXXXX";
	int fd = mkstemp(path);
	struct diags d = { 0 };
	struct arena a = { 0 };
	struct bytes file;

	(void)state;
	assert_true(fd >= 0);
	assert_true(manifest_write(&sample, path, &d));
	assert_true(file_read(path, path, 1 << 20, &a, &file, &d));
	assert_string_equal(file.data,
		"{\"job\":\"bac-son-2023\",\n"
		"\"program\":\"kehoach 0.1.0\",\n"
		"\"inputs\":[\n"
		"{\"path\":\"job.xml\",\"sha256\":\"00aa\"},\n"
		"{\"path\":\"fonts/\\\"odd\\\".ttf\",\"sha256\":\"11bb\"}],\n"
		"\"outputs\":[\n"
		"{\"path\":\"plan.pdf\",\"sha256\":\"22cc\"}]}\n");
	close(fd);
	file_remove(path);
	arena_clear(&a);
}

static void test_folder_that_is_not_there(void **state)
{
	struct diags d = { 0 };

	(void)state;
	assert_false(manifest_write(&sample, "/nowhere/manifest.json", &d));
	assert_int_equal(diags_exit_code(&d), 3);
	diags_clear(&d);
}

static void test_names(void **state)
{
	static const char *const none[] = { "manifest.json", "manifest-.json", "manifest-2024", "plan.json", "amanifest-2024.json", "manifest-2024.json.bak" };
	struct arena a = { 0 };

	(void)state;
	assert_string_equal(manifest_name("2024-Q2", &a), "manifest-2024-Q2.json");
	assert_string_equal(manifest_part("manifest-2024-Q2.json", &a), "2024-Q2");
	for (size_t i = 0; i < sizeof none / sizeof *none; i++)
		assert_null(manifest_part(none[i], &a));
	arena_clear(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_exact_text),
		cmocka_unit_test(test_folder_that_is_not_there),
		cmocka_unit_test(test_names),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
