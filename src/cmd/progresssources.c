#include "cmd/progresssources.h"

#include "base/file.h"

static bool add_file(struct source_file *file, size_t *n, const char *name, const char *path, const struct dataset *dataset, size_t n_row,
	struct arena *a, struct diags *d)
{
	file[*n] = (struct source_file){ .name = name, .what = dataset->title, .n_row = n_row };
	return file_sha256(path, a, &file[(*n)++].sha256, d);
}

static bool is_of_job(const struct job *job, const struct source *source)
{
	return source >= job->source && source < job->source + job->n_source;
}

bool progress_sources(const struct followed_job *f, struct arena *a, const struct source_file **file, size_t *n, struct diags *d)
{
	const struct model *model = &f->made.model;
	struct source_file *list = ARENA_ARRAY(a, model->n_data + f->returns.n_file, struct source_file);
	bool ok = true;

	*file = list;
	*n = 0;
	for (size_t i = 0; i < model->n_data; i++) {
		const struct data *data = &model->data[i];

		if (is_of_job(f->made.job, data->source))
			ok = add_file(list, n, data->source->href, data->source->path, data->dataset, data->n_row, a, d) && ok;
	}
	for (size_t i = 0; i < f->returns.n_file; i++) {
		const struct returned_file *r = &f->returns.file[i];

		ok = add_file(list, n, r->href, r->path, r->dataset, r->n_row, a, d) && ok;
	}
	return ok;
}
