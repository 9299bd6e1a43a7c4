/* libgsf walks the directory by recursion and makes room for what the header and the directory say. So what they say is
 * checked before: sizes of sectors and tables, and how long the chains of the directory and of the small sectors are. */
#include "ingest/ole.h"

#include "base/bytes.h"
#include "base/file.h"
#include "ingest/limits.h"

#include <gsf/gsf.h>
#include <stdlib.h>
#include <string.h>

const unsigned char ole_magic[OLE_MAGIC_SIZE] = { 0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1 };

/* Offsets in the header, and what may stand there. */
enum {
	HEADER_SIZE = 512,
	AT_SECTOR_SHIFT = 0x1E,
	AT_SMALL_SHIFT = 0x20,
	AT_N_TABLE = 0x2C, /* sectors of the table of sectors */
	AT_DIRECTORY = 0x30,
	AT_SMALL_BELOW = 0x38, /* [bytes] streams of fewer are kept in small sectors */
	AT_SMALL_TABLE = 0x3C,
	AT_TABLE_LIST = 0x44, /* the first sector that goes on with the list of the table's sectors */
	AT_N_TABLE_LIST = 0x48,
	AT_TABLE = 0x4C, /* that list */
	N_TABLE_IN_HEADER = 109,
	SHIFT_3 = 9,   /* version 3 */
	SHIFT_4 = 12,  /* version 4 */
	SMALL_SHIFT = 6,
	SMALL_BELOW = 4096,
	ENTRY_SIZE = 128, /* of the directory */
	WORD = 4,
	AT_LEFT = 0x44,	  /* siblings in an entry */
	AT_RIGHT = 0x48,
	AT_TYPE = 0x40, /* the word in which it is */
	TYPE_SHIFT = 16,
	TYPE_MASK = 0xFF,
	TYPE_STREAM = 2,
	AT_SIZE = 0x78,
	TABLE_SLACK = 128, /* sectors of the table for which there are no sectors */
};

static const guint32 chain_end = 0xFFFFFFFE;
static const guint32 no_entry = 0xFFFFFFFF;

/* In which libgsf logs what is about OLE files; some of its sources name none. */
enum { N_DOMAIN = 3 };
static const char *const domains[N_DOMAIN] = { NULL, "libgsf", "libgsf:msole" };

struct ole_file {
	const char *shown;
	FILE *file;
	GsfInput *input;
	GsfInfile *container;
	guint quiet[N_DOMAIN]; /* ids of the handlers of its log */
	unsigned char header[HEADER_SIZE];
	unsigned shift;	 /* of a sector's size */
	size_t size;
	size_t n_sector; /* whole or begun behind the header */
};

struct ole_stream {
	GsfInput *input;
	size_t size;
};

/* ---- libgsf ---- */

static void say_nothing(const gchar *domain, GLogLevelFlags level, const gchar *message, gpointer data)
{
	(void)domain;
	(void)level;
	(void)message;
	(void)data;
}

/* It writes to standard error what it finds wrong in a file. Handlers of the domains that it uses, each with an id, leave the
 * rest of the log alone as long as a file is open, and files may be closed in any order. */
static void silence(struct ole_file *o)
{
	for (size_t i = 0; i < N_DOMAIN; i++)
		o->quiet[i] = g_log_set_handler(domains[i], G_LOG_LEVEL_MASK, say_nothing, NULL);
}

static void end_silence(const struct ole_file *o)
{
	for (size_t i = 0; i < N_DOMAIN; i++)
		g_log_remove_handler(domains[i], o->quiet[i]);
}

static bool input_read(GsfInput *input, size_t at, void *into, size_t n)
{
	return !gsf_input_seek(input, (gsf_off_t)at, G_SEEK_SET) && (!n || gsf_input_read(input, n, into));
}

/* ---- what the header says ---- */

/* The i-th word of a sector. */
static bool sector_word(const struct ole_file *o, guint32 sector, size_t i, guint32 *value)
{
	unsigned char bytes[WORD];

	if (sector >= o->n_sector || !input_read(o->input, (((size_t)sector + 1) << o->shift) + i * WORD, bytes, WORD))
		return false;
	*value = le32(bytes);
	return true;
}

/* The i-th sector of the table of sectors: the first ones are in the header, the others in sectors of their own. */
static bool table_sector(const struct ole_file *o, size_t i, guint32 *sector)
{
	size_t per_sector = ((size_t)1 << o->shift) / WORD - 1;
	guint32 list = le32(o->header + AT_TABLE_LIST);

	if (i < N_TABLE_IN_HEADER) {
		*sector = le32(o->header + AT_TABLE + i * WORD);
		return true;
	}
	for (i -= N_TABLE_IN_HEADER; i >= per_sector; i -= per_sector)
		if (!sector_word(o, list, per_sector, &list))
			return false;
	return sector_word(o, list, i, sector);
}

/* The sector behind that one in its chain. */
static bool next_sector(const struct ole_file *o, guint32 *sector)
{
	size_t per_sector = ((size_t)1 << o->shift) / WORD;
	guint32 in;

	return *sector < o->n_sector && *sector / per_sector < le32(o->header + AT_N_TABLE)
	       && table_sector(o, *sector / per_sector, &in) && sector_word(o, in, *sector % per_sector, sector);
}

/* Whether the chain that begins there ends, after at most max sectors. */
static bool chain_ends(const struct ole_file *o, guint32 sector, size_t max)
{
	for (size_t n = 0; sector != chain_end; n++)
		if (n == max || !next_sector(o, &sector))
			return false;
	return true;
}

/* No stream is larger than the file: libgsf passes over such a one as if it were not there. */
static bool check_entries(const struct ole_file *o, guint32 sector)
{
	size_t n_entry = ((size_t)1 << o->shift) / ENTRY_SIZE;

	for (size_t i = 0; i < n_entry; i++) {
		guint32 type, size;

		if (!sector_word(o, sector, (i * ENTRY_SIZE + AT_TYPE) / WORD, &type)
			|| !sector_word(o, sector, (i * ENTRY_SIZE + AT_SIZE) / WORD, &size)
			|| ((type >> TYPE_SHIFT & TYPE_MASK) == TYPE_STREAM && size > o->size))
			return false;
	}
	return true;
}

/* Its chain ends, after at most so many sectors. */
static bool check_directory(const struct ole_file *o, guint32 sector, size_t max)
{
	for (size_t n = 0; sector != chain_end; n++)
		if (n == max || !check_entries(o, sector) || !next_sector(o, &sector))
			return false;
	return true;
}

/* The header lists all sectors of the table, and no more sectors go on with the list than that needs. */
static bool check_table(const struct ole_file *o)
{
	size_t per_sector = ((size_t)1 << o->shift) / WORD;
	size_t n_table = le32(o->header + AT_N_TABLE);
	size_t n_behind = n_table > N_TABLE_IN_HEADER ? n_table - N_TABLE_IN_HEADER : 0;

	return n_table && n_table <= o->n_sector / per_sector + TABLE_SLACK
	       && le32(o->header + AT_N_TABLE_LIST) == (n_behind + per_sector - 2) / (per_sector - 1);
}

static bool check_chains(const struct ole_file *o)
{
	guint32 small_table = le32(o->header + AT_SMALL_TABLE);
	guint32 directory = le32(o->header + AT_DIRECTORY);

	return directory != chain_end && check_directory(o, directory, (OLE_ENTRIES_MAX * ENTRY_SIZE) >> o->shift)
	       && (small_table > o->n_sector || chain_ends(o, small_table, OLE_SMALL_TABLE_MAX >> o->shift));
}

/* The root is the first entry and has no siblings: libgsf would never free them. */
static bool check_root(const struct ole_file *o)
{
	guint32 directory = le32(o->header + AT_DIRECTORY);
	guint32 left, right;

	return sector_word(o, directory, AT_LEFT / WORD, &left) && sector_word(o, directory, AT_RIGHT / WORD, &right)
	       && (!left || left == no_entry) && (!right || right == no_entry);
}

static bool check_header(struct ole_file *o, size_t size)
{
	const unsigned char *h = o->header;

	o->size = size;
	o->shift = le16(h + AT_SECTOR_SHIFT);
	if (memcmp(h, ole_magic, OLE_MAGIC_SIZE) || (o->shift != SHIFT_3 && o->shift != SHIFT_4) || le16(h + AT_SMALL_SHIFT) != SMALL_SHIFT
		|| le32(h + AT_SMALL_BELOW) != SMALL_BELOW)
		return false;
	o->n_sector = (size - HEADER_SIZE + ((size_t)1 << o->shift) - 1) >> o->shift;
	return check_table(o) && check_chains(o) && check_root(o);
}

/* ---- files ---- */

static bool damaged(const char *shown, struct diags *d)
{
	return diag_error(d, (struct origin){ .file = shown }, "format",
		"this OLE file (XLS, DOC...) is damaged or cut off; get it again, or open and save it in the program that made it");
}

static bool open_container(struct ole_file *o, struct diags *d)
{
	gsf_off_t size = gsf_input_size(o->input);

	if (size > XLS_FILE_MAX)
		return diag_error(d, (struct origin){ .file = o->shown }, "limit",
			"this file has %zu bytes; at most %zu are read: is it the right one?", (size_t)size, (size_t)XLS_FILE_MAX);
	if (size < HEADER_SIZE || !input_read(o->input, 0, o->header, HEADER_SIZE) || !check_header(o, (size_t)size))
		return damaged(o->shown, d);
	o->container = gsf_infile_msole_new(o->input, NULL);
	return o->container || damaged(o->shown, d);
}

/* Takes over o and what it holds. */
static struct ole_file *opened(struct ole_file *o, struct diags *d)
{
	if (o->input ? open_container(o, d) : damaged(o->shown, d))
		return o;
	ole_close(o);
	return NULL;
}

struct ole_file *ole_open(const char *path, const char *shown, struct diags *d)
{
	FILE *file = file_open(path, shown, d);
	struct ole_file *o;

	if (!file)
		return NULL;
	o = memory_new(1, sizeof *o);
	silence(o);
	o->shown = shown;
	o->file = file;
	o->input = gsf_input_stdio_new_FILE(path, file, TRUE);
	return opened(o, d);
}

struct ole_file *ole_open_bytes(const void *data, size_t n, const char *shown, struct diags *d)
{
	struct ole_file *o = memory_new(1, sizeof *o);

	silence(o);
	o->shown = shown;
	o->input = gsf_input_memory_new(data, (gsf_off_t)n, FALSE);
	return opened(o, d);
}

void ole_close(struct ole_file *o)
{
	if (!o)
		return;
	if (o->container)
		g_object_unref(o->container);
	if (o->input)
		g_object_unref(o->input);
	if (o->file)
		fclose(o->file);
	end_silence(o);
	free(o);
}

size_t ole_n_name(const struct ole_file *o)
{
	int n = gsf_infile_num_children(o->container);

	return n > 0 ? (size_t)n : 0;
}

const char *ole_name(const struct ole_file *o, size_t i)
{
	const char *name = gsf_infile_name_by_index(o->container, (int)i);

	return name ? name : "";
}

bool ole_has(const struct ole_file *o, const char *name)
{
	for (size_t i = 0; i < ole_n_name(o); i++)
		if (!strcmp(ole_name(o, i), name))
			return true;
	return false;
}

/* ---- streams ---- */

/* libgsf ends a chain of sectors where it would begin anew, and says nothing. */
static bool has_last_byte(struct ole_stream *s)
{
	char byte;

	return !s->size || ole_stream_read(s, s->size - 1, &byte, 1);
}

struct ole_stream *ole_stream_open(struct ole_file *o, const char *name, struct diags *d)
{
	struct ole_stream *s = memory_new(1, sizeof *s);

	s->input = gsf_infile_child_by_name(o->container, name);
	s->size = s->input ? (size_t)gsf_input_size(s->input) : 0;
	if (s->input && has_last_byte(s))
		return s;
	damaged(o->shown, d);
	ole_stream_close(s);
	return NULL;
}

void ole_stream_close(struct ole_stream *s)
{
	if (!s)
		return;
	if (s->input)
		g_object_unref(s->input);
	free(s);
}

size_t ole_stream_size(const struct ole_stream *s)
{
	return s->size;
}

bool ole_stream_read(struct ole_stream *s, size_t at, void *into, size_t n)
{
	return at <= s->size && n <= s->size - at && input_read(s->input, at, into, n);
}
