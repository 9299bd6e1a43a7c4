/* Any bytes as a register: the scanner, in one part and in three, comes to the same as the rows of the reader of CSV. */
#include "../unit/counted.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	static struct counting c;
	static const unsigned threads[] = { 1, 3 };
	struct buf rows = { 0 };
	struct buf scan = { 0 };
	const char head[] = "village,id,class,end,ethnic,f1,f2,f3,f4,members\n";
	struct buf text = { 0 };
	size_t before;

	if (!c.dir)
		counting_open(&c);
	before = n > 2 && bytes[0] & 2 ? bytes[1] % (n - 1) : 0; /* a title, or what may be one */
	buf_put(&text, (const char *)bytes + (n > 2 ? 2 : 0), before);
	buf_puts(&text, n && bytes[0] & 1 ? "" : head); /* mostly the header is no matter */
	buf_put(&text, (const char *)bytes + (n > 0), n - (n > 0));
	counted(&c, text.text ? text.text : "", text.n, 0, &rows);
	for (size_t i = 0; i < sizeof threads / sizeof *threads; i++) {
		counted(&c, text.text ? text.text : "", text.n, threads[i], &scan);
		if (scan.n != rows.n || (rows.n && memcmp(scan.text, rows.text, rows.n) != 0))
			abort();
	}
	buf_clear(&text);
	buf_clear(&rows);
	buf_clear(&scan);
	return 0;
}
