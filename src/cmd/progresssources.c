#include "cmd/progresssources.h"

#include "base/file.h"

static bool add_file(struct inventory_hashes *hashes, struct source_file *file, const char *path, struct arena *a, struct diags *d)
{
	const struct library_file found = { path, path, file->name };

	if (!hashes)
		return file_sha256(path, a, &file->sha256, d);
	file->sha256 = hashes->known(hashes, &found, &file->name, a, d);
	return file->sha256;
}

static bool is_of_job(const struct job *job, const struct source *source)
{
	return source >= job->source && source < job->source + job->n_source;
}

bool progress_sources(const struct followed_job *f, const struct data *before, struct inventory_hashes *hashes, struct arena *a, const struct source_file **file, size_t *n, struct diags *d)
{
	const struct model *model = &f->made.model;
	struct source_file *list = ARENA_ARRAY(a, model->n_data + f->returns.n_file + 1, struct source_file);
	bool ok = true;

	*file = list;
	*n = 0;
	for (size_t i = 0; i < model->n_data; i++) {
		const struct data *data = &model->data[i];

		if (!is_of_job(f->made.job, data->source))
			continue;
		list[*n] = (struct source_file){ .name = data->source->href, .what = data->dataset->title, .n_row = data->n_row };
		ok = add_file(hashes, &list[(*n)++], data->source->path, a, d) && ok;
	}
	for (size_t i = 0; i < f->returns.n_file; i++) {
		const struct returned_file *r = &f->returns.file[i];

		list[*n] = (struct source_file){ .name = r->href, .what = r->dataset->title, .n_row = r->n_row };
		ok = add_file(hashes, &list[(*n)++], r->path, a, d) && ok;
	}
	if (before) {
		list[*n] = (struct source_file){ .name = before->source->href, .what = before->dataset->title, .n_row = before->n_row };
		ok = add_file(hashes, &list[(*n)++], before->source->path, a, d) && ok;
	}
	return ok;
}
