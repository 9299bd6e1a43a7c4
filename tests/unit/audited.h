/* audited: a job as in computed.h with an audit, a crosswalk, or further templates and sources, for the tests of the audit. */
#ifndef UNIT_AUDITED_H
#define UNIT_AUDITED_H

#include "computed.h"

enum { AUDITED_MORE = 3 };

/* As struct files; NULL: none. */
struct audited {
	const char *job;     /* attributes of <job>, with a leading space; NULL: the period 2024 */
	const char *dataset; /* what is inside <dataset> */
	const char *rows;    /* attributes of <table>, with a leading space */
	const char *table;   /* what is inside <table> */
	const char *current; /* CSV */
	const char *previous;
	const char *sources; /* further elements of <job>: <source>, <crosswalk> */
	const char *audit;   /* the element <audit> */
	const char *tables;  /* of the workbook; NULL: "t" */
	struct {
		const char *name; /* path in the job's folder; NULL: none */
		const char *text;
	} more[AUDITED_MORE];
};

static inline void audited_write(struct computed *c, const char *name, const char *text)
{
	if (c->n_file == sizeof c->file / sizeof *c->file)
		abort();
	computed_write(c, name, text);
}

static inline const char *audited_or(const char *text, const char *otherwise)
{
	return text ? text : otherwise;
}

static inline void audited_write_templates(struct computed *c, const struct audited *f)
{
	audited_write(c, "templates/datasets/d.xml",
		arena_printf(&c->arena,
			"<dataset xmlns=\"urn:kehoach:dataset:1\" id=\"d\" title=\"D\" total=\"Cộng\">%s</dataset>", f->dataset));
	audited_write(c, "templates/tables/t.xml",
		arena_printf(&c->arena, TABLE_TEXT "%s>\n%s</table>", audited_or(f->rows, ""), f->table));
	for (size_t i = 0; i < AUDITED_MORE && f->more[i].name; i++)
		audited_write(c, f->more[i].name, f->more[i].text);
}

static inline void audited_write_job(struct computed *c, const struct audited *f)
{
	const char *previous = "";

	if (f->previous) {
		audited_write(c, "previous.csv", f->previous);
		previous = "<source id=\"p\" dataset=\"d\" href=\"previous.csv\" role=\"previous\"/>";
	}
	audited_write(c, "current.csv", f->current);
	audited_write(c, "job.xml",
		arena_printf(&c->arena,
			"<job xmlns=\"urn:kehoach:job:1\" id=\"j\"%s>\n"
			"<agency name=\"Ủy ban nhân dân xã Mẫu\" area=\"xã Mẫu\"/>\n"
			"<document number=\"5\" symbol=\"KH-UBND\" place=\"Mẫu\" date=\"2024-02-01\"/>\n"
			"<source id=\"c\" dataset=\"d\" href=\"current.csv\"/>%s%s\n"
			"<plan template=\"none\"/><workbook tables=\"%s\"/>\n%s\n"
			"<signer authority=\"TM. UBND\" title=\"CHỦ TỊCH\" name=\"Nguyễn Văn A\"/></job>",
			audited_or(f->job, " period=\"2024\""), previous, audited_or(f->sources, ""), audited_or(f->tables, "t"),
			audited_or(f->audit, "")));
}

/* The model only, which is wrong where !c->ok. */
static inline struct computed *audited_model(const struct audited *f)
{
	struct computed *c = memory_new(1, sizeof *c);
	const char *folder = getenv("TMPDIR");
	const struct job *job;
	char *dir;

	*c = (struct computed){ 0 };
	dir = arena_printf(&c->arena, "%s/kehoach-audit-XXXXXX", folder ? folder : "/tmp");
	if (!mkdtemp(dir))
		abort();
	c->dir = dir;
	audited_write_templates(c, f);
	audited_write_job(c, f);
	library_init(&c->library, &c->arena);
	library_add(&c->library, "templates", "templates");
	job = job_read(arena_printf(&c->arena, "%s/job.xml", c->dir), &c->library, &c->arena, &c->diags);
	c->ok = job && computed_read(c, job);
	if (job)
		audit_init(&c->audit, job, &c->arena);
	return c;
}

/* All tables of the workbook. */
static inline struct computed *audited_new(const struct audited *f)
{
	struct computed *c = audited_model(f);
	size_t n_name = 0;

	if (!c->ok)
		return c;
	while (c->model.job->workbook[n_name])
		n_name++;
	c->ok = compute(&c->model, &c->library, c->model.job->workbook, n_name, &c->audit, &c->arena, &c->tables, &c->diags)
		&& !c->audit.n_error;
	return c;
}

/* computed_findings with "note ", "warning " or "error " before each. */
static inline const char *audited_findings(struct computed *c)
{
	static const char *const severities[] = {
		[DIAG_NOTE] = "note",
		[DIAG_WARNING] = "warning",
		[DIAG_ERROR] = "error",
		[DIAG_FAULT] = "fault",
	};
	const char *text = "";

	for (size_t i = 0; i < c->diags.n_finding; i++) {
		const struct finding *f = &c->diags.finding[i];

		text = arena_printf(&c->arena, "%s%s %s %s:%u:%u %s\n", text, severities[f->severity], f->rule,
			f->at.file ? file_name(f->at.file) : "", f->at.row, f->at.col, f->message);
	}
	return text;
}

#endif
