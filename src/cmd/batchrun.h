/* batchrun: what the files of `kehoach batch` share: batch.c (options, the order of all), batchstage.c (one kind of documents for all
 * areas of a list), batchread.c (the list of areas, the sources, divided), batchkey.c (what an area's files depend on, and what of it
 * has changed), batchsigned.c (what is signed), batchwork.c (one area, in a worker), batchdone.c (what came of it, in the parent), batchprogress.c (how far the plans
 * are), batchprevious.c (its remarks of before), batchsummary.c (the areas above), batchabove.c (how far those are), batchindex.c (the index), batchpart.c (one part of a batch), batchmerge.c (parts that are
 * joined), batchslurm.c (parts made by a cluster). Nobody else includes it. */
#ifndef CMD_BATCHRUN_H
#define CMD_BATCHRUN_H

#include "batch/merge.h"
#include "batch/pack.h"
#include "batch/pool.h"
#include "batch/rowstore.h"
#include "batch/said.h"
#include "batch/state.h"
#include "cmd/bar.h"
#include "cmd/followed.h"
#include "cmd/inventory.h"
#include "cmd/period.h"
#include "cmd/registers.h"
#include "cmd/signplan.h"
#include "cmd/produce.h"
#include "model/joblist.h"

enum {
	BATCH_FAULTS_MAX = 8, /* of the machine one after another, after which nothing more is tried */
	BATCH_SYNCED = 64, /* areas after which the journal is on the disk */
	BATCH_FIGURES_MAX = 96, /* that are kept of an area: those of the index, and those that summaries add up */
};

/* The rows of a source for one area: of all areas' rows, or of everyone's. */
struct area_feed {
	struct row_feed feed; /* first */
	const struct row_store *store; /* NULL: each area has a file of its own */
	const struct source *source;
	uint32_t owner;
};

/* A file of returns of all areas. */
struct batch_returned {
	const struct source *source;
	struct row_store *store;
};

/* Files that are read, with the checksums that they had right before: one that is changed later is seen to be another. */
struct batch_hashes {
	struct library_watch watch; /* first */
	struct arena arena;
	struct map paths; /* -> file */
	struct state_input *file; /* [n_file] */
	size_t n_file;
	size_t cap_file;
};

struct batch;
struct one;

/* A kind of documents. */
struct batch_stage {
	/* Reads what areas are made of, before there are workers. */
	bool (*prepare)(struct batch *);
	/* In a worker: the documents, then their files in the staging folder. */
	bool (*make)(struct one *);
	bool (*write)(struct one *);
	bool signs; /* plan.pdf, where the job and the options ask for it */
};

/* One kind of documents for all areas of a list. */
struct batch {
	const struct batch_stage *stage;
	const char *title; /* in what is told of it */
	const char *state_name, *journal_name; /* files in dir, of the whole */
	const char *manifest; /* in an area's folder */
	const char *signs; /* the file there that is signed, where the job and the options ask for it; or NULL */
	struct batch *plans; /* of progress: whose list and sources are its own too, plans or summaries; else NULL */
	struct batch *below; /* of a summary: the documents of the areas it is over; else NULL */
	struct batch *followed; /* of a summary's progress: that of the areas below; else NULL */
	const struct list_summary *summary; /* as their job names it */

	/* options */
	const char *out; /* NULL: out, or where the first of the joined parts is */
	const char *workers; /* as typed */
	const char *date;
	struct period_words words;
	struct period told_of; /* by progress; year 0: nothing is to be told of it */
	bool brief; /* of progress, as a PDF */
	const char *previous; /* folder of results whose workbooks have remarks to be carried over; or NULL */
	const char *period; /* its name */
	bool resume;
	bool verify;
	struct signatory_options signing;
	struct signatory *signer; /* its key is open; NULL: nothing is signed */
	struct produce produce;
	struct pipeline_options pipeline;
	unsigned n_worker;
	const char *options; /* those that change what is made, as text */
	const char *typed_shard;
	struct shard shard;
	bool merging;
	const char *slurm; /* parts, as typed */
	const char *partition;
	const char *const *sbatch; /* [n_sbatch] options for sbatch, from behind "--" */
	size_t n_sbatch;

	const struct surroundings *around;
	struct arena arena;
	struct diags *diags;
	struct library library;
	struct library_trees *trees;
	struct fonts *fonts;
	const char *dir; /* DIR/<job id> */

	/* what is read */
	struct job_list list;
	const struct job *specimen; /* the job as it is for the first area that it can be read for: its sources are those of all */
	const struct dataset **dataset; /* [specimen->n_source] */
	struct row_store **store; /* [specimen->n_source] */
	struct registers registers;
	struct reg_share **share; /* [specimen->n_source] of registers */
	size_t n_lost; /* rows that no area has, or that cannot be read */
	bool *spoilt; /* [list.n_area] whether rows of the area cannot be read: it is not made */
	struct batch_returned *returned; /* [n_returned] */
	size_t n_returned;
	size_t cap_returned;
	bool own_returns; /* some returns are another file for each area */
	struct list_figure figure[BATCH_FIGURES_MAX]; /* [n_figure] of each area's documents: those of the index, then those of summaries */
	size_t n_figure;
	unsigned *part; /* [list.n_area] the part that each area is of; NULL: the batch is not in parts */
	struct merge merge; /* the parts that are joined */
	const char *merged_in; /* folder of results that the first of them is in */
	size_t *member; /* of a summary: areas below, by the areas of the list */
	size_t *first_member; /* [list.n_area + 1] in member */

	/* what is made */
	struct state old; /* as far as it still holds */
	bool looked; /* at old */
	bool settled; /* nothing had changed: old is what is there */
	bool failed;  /* as a whole: it is not known what is there */
	bool marks_changed; /* sizes or times of old are others than batch.json says: it is written again */
	struct state now;
	const struct state_area **kept; /* [list.n_area] NULL: to be made */
	size_t *task; /* [n_task] areas to be made */
	size_t n_task;
	struct bar bar;
	FILE *journal;
	struct map *told; /* findings that were told of any kind of documents, by their text */
	struct map own_told;
	int lock; /* on dir, of the plans; -1: not taken */
	int part_lock; /* of a part: on its journal */
	size_t n_done, n_kept, n_failed, n_finding, n_fault;
	size_t n_killed; /* areas whose workers were killed, and may have left something */

	struct batch_hashes *hashes; /* of all kinds of documents, as their trees are */
};

struct one_figure {
	const char *text;
	const char *value;
};

/* An area being made. */
struct one {
	struct batch *batch;
	size_t area;
	struct made made;
	struct inventory_hashes hashes; /* by which its manifest asks for checksums */
	struct state_input *used; /* [n_used] as manifests name them without "#code"; the checksum is that of the area's part */
	const char **whole; /* [n_used] checksums of the files */
	size_t n_used;
	const char *target;
	const char *manifest; /* its checksum */
	struct state_signed seal; /* what is signed then */
	size_t n_finding; /* of its data; what is said of signatures that lie there is none */
	struct staging staging;
	const char *previous; /* workbook of progress whose remarks are carried over; or NULL */
	struct one_figure figure[BATCH_FIGURES_MAX]; /* of the batch's */
	struct followed_job *followed; /* of progress */
	struct arena figures; /* of progress: data and tables */
	struct arena *arena;
	struct diags *diags;
};

/* ---- batchstage.c ---- */

/* Of a batch that is all zero but for its options. */
void batch_init(struct batch *, const struct batch_stage *);
/* With the options of another, and nothing read. Owner: batch_close. */
struct batch *batch_open(const struct batch *options, const struct batch_stage *);
void batch_close(struct batch *);
/* Looks at what is there: b->settled. */
void batch_stage_look(struct batch *);
/* Makes what has changed. False after what stops all of them; what is done is kept then for --resume. */
bool batch_stage_run(struct batch *);
/* Writes down what was made. */
bool batch_stage_end(struct batch *);
/* What came of it, for people or with --json as a line of it. */
void batch_say(const struct batch *, const struct said *);
/* What is there of the areas. */
const struct state *batch_state(const struct batch *);

/* ---- batchread.c ---- */

/* The job, and its list of areas. */
bool batch_read_job(struct batch *, const char *path);
bool batch_read_list(struct batch *);
/* The specimen, where it is not read yet; and its list. */
bool batch_specimen(struct batch *);
/* The sources, each file once; what every area needs of templates. */
bool batch_read_sources(struct batch *);
/* List and sources. */
bool batch_prepare(struct batch *);
/* The rows of a source into the store, each its area's. */
bool batch_divide(struct batch *, const struct source *, const struct dataset *, struct row_store *);
/* With --strict: whether every row has its area. */
bool batch_check_lost(const struct batch *);
/* The rows of an area, and those of all. */
const struct row_feed *batch_store_feed(const struct row_store *, const struct source *, size_t area, struct arena *);
void batch_close_sources(struct batch *);
/* One area's feeds, by the order of the job's sources: NULL where it has a file of its own. */
const struct row_feed *const *batch_feeds(const struct batch *, size_t area, struct arena *);
/* The same of its registers. */
const struct reg_part *const *batch_parts(const struct batch *, size_t area, struct arena *);
const char *batch_area_dir(const struct batch *, const struct list_area *, struct arena *);
/* Whether results may go there: nowhere else by a link. */
bool batch_area_is_own(const struct batch *, const struct list_area *, struct diags *);

/* ---- batchkey.c ---- */

/* Whether only rows of it are inputs of an area, by its name in manifests. */
bool batch_is_partial(const struct batch *, const char *name);
/* The checksum of the rows that an area has of such a file; NULL after an error. */
const char *batch_part_sha256(const struct batch *, const char *name, size_t area, struct arena *, struct diags *);
/* The key of an area that uses these, in order. */
const char *batch_key(const struct batch *, size_t area, const struct state_input *used, size_t n, struct arena *);

/* What the list says of an area. */
void batch_put_list_row(const struct job_list *, size_t area, struct buf *);

/* Whether an input of the old state is not what it was; marks and checksums are those of now then. */
bool batch_inputs_changed(struct batch *);
/* The checksum of what came of the areas that a summary is over. */
const char *batch_below_sha256(const struct batch *, struct arena *);
/* Warns of inputs that are no longer what was read. */
void batch_check_inputs(struct batch *);
/* Whether each area of the old state is there as it was made. */
bool batch_all_hold(struct batch *);
/* Which areas need not be made again. */
bool batch_choose(struct batch *);

/* ---- batchwork.c ---- */

/* Size, time and checksum of a file that many areas use: found out once, before there are workers or in each, and before it is read. */
void batch_hashes_init(struct batch_hashes *);
const struct state_input *batch_hash(struct batch *, const char *path, struct diags *);
void batch_work(void *ctx, size_t task, struct buf *result);
/* The job as it is for the area. */
struct job_instance batch_instance(struct one *);
/* The plan and what goes with it. */
bool batch_make_pages(struct one *);
bool batch_write_pages(struct one *);
/* Whether areas that are to be made have the figures of the job, as far as that can be told: what no area has is told once. */
bool batch_figures_exist(struct batch *);

/* ---- batchsigned.c ---- */

/* Whether documents are to be signed. */
bool batch_signs(const struct batch *);
/* Whether the job asks for a signature of any kind of document. */
bool batch_asks(const struct batch *);
/* That they are not, though the job asks for it. */
void batch_note_unsigned(const struct batch *, const struct job_sign *, size_t n);
/* Whether the signed form of an area whose other files hold is as it is to be; what is noted of it is that of now then. */
bool batch_seal_holds(struct batch *, struct state_area *, const char *dir, struct arena *);
/* Of an area that is kept: what was found. */
void batch_tell_seal(struct batch *, const struct state_area *);
/* Of all areas that are kept, before others are made: that none is signed by the key of the run. */
void batch_tell_other_key(const struct batch *);
/* In a worker: before the files have their names, and behind that. */
bool batch_sign(struct one *);
bool batch_note_seal(struct one *);
/* What it tells the parent of it. */
void batch_pack_seal(const struct state_signed *, struct buf *result);
struct state_signed batch_take_seal(struct packed *, struct arena *);

/* ---- batchdone.c ---- */

bool batch_done(void *ctx, size_t task, const struct pool_result *);
/* What is noted of an area that could not be made. */
struct state_area *batch_failed(struct batch *, size_t area);
/* What lies there of it. */
void batch_tell_stale(struct batch *, size_t area);
/* Of progress: whether the area has no plan that could be followed. */
bool batch_has_no_plan(const struct batch *, size_t area);
/* Those that were made and those that were kept, in the order of the list. */
void batch_gather(struct batch *);

/* ---- batchprogress.c ---- */

/* Of the period of the options; keeps: what summaries need of it is kept. NULL after an error. */
struct batch *batch_progress_open(struct batch *plans, bool keeps);
/* What a stage of progress does with an area, of whatever list. */
bool batch_make_progress(struct one *);
bool batch_write_progress(struct one *);
/* A stage whose list and sources are those of the plans, or summaries, and which is told of the period. */
struct batch *batch_followed_open(struct batch *plans, const struct batch_stage *, const char *name);
/* The list and the sources that it shares. */
bool batch_followed_prepare(struct batch *);
const struct returned_feed *batch_returned_feeds(const struct batch *, size_t area, struct arena *);
/* The names of files of returns that only the area has. */
void batch_put_own_returns(const struct batch *, size_t area, struct buf *);

/* ---- batchprevious.c ---- */

/* The workbook of progress of an area in the folder of an earlier run, the newest before the period told of; NULL: there is none. */
const char *batch_previous(const struct batch *, size_t area, struct arena *);
/* Its checksum: it is an input of its area only, and in no list of inputs. */
void batch_put_previous(const struct batch *, size_t area, struct buf *);
/* Whether there is one of any area. */
bool batch_previous_check(const struct batch *);

/* ---- batchsummary.c ---- */

/* The jobs of all summaries, [list.n_summary], each a stage of its own. What they add up comes behind the figures of the index. */
bool batch_summaries_open(struct batch *below, struct batch *summary[LIST_SUMMARIES_MAX]);
/* Their documents, once the areas below are done; one that fails does not keep the others from being made. False: nothing more is to be
 * made. */
bool batch_summaries_run(const struct batch *below, struct batch *const summary[LIST_SUMMARIES_MAX]);
/* What an area above depends on of the areas below, by the name of a file in manifests. */
void batch_put_below(const struct batch *, const char *name, size_t area, struct buf *);
/* The feed of a source with totals or list. */
const struct row_feed *batch_below_feed(const struct batch *, const struct source *, size_t area, struct arena *);

/* ---- batchabove.c ---- */

/* Whether the job of any summary asks for the progress of the areas below. */
bool batch_above_asked(struct batch *const summary[LIST_SUMMARIES_MAX], size_t n);
/* Of the summaries that ask for it, in the places of these. */
bool batch_above_open(struct batch *const summary[LIST_SUMMARIES_MAX], struct batch *progress, struct batch *above[LIST_SUMMARIES_MAX]);
/* Once the summaries, and the progress of the areas below, are done; as batch_summaries_run. */
bool batch_above_run(struct batch *const above[LIST_SUMMARIES_MAX]);
/* What was kept of the progress of the areas below one of the list, NULL: it could not be made. */
const char *const *batch_above_kept(const struct batch *, size_t area, struct arena *, size_t *n);
/* The same of the area below, the i-th of its list. */
const char *batch_kept_of(const struct batch *, size_t i);

/* ---- batchindex.c ---- */

/* Whether its files can be written. */
bool batch_index_may_be(struct batch *);
/* All kinds of documents. */
struct batch_kinds {
	struct batch *progress; /* or NULL */
	struct batch *summary[LIST_SUMMARIES_MAX];
	struct batch *above[LIST_SUMMARIES_MAX]; /* progress of the summaries in these places; or NULL */
};

/* The pages of all of them, if anything has changed or they are not whole. */
bool batch_index(struct batch *, const struct batch_kinds *);

/* ---- batchpart.c ---- */

extern const struct option batch_options[];
/* Those that change what is made, as they are typed: *n words. */
const char *const *batch_arguments(struct batch *, size_t *n);
/* The same read again, as parts were made with them; others are errors. */
bool batch_arguments_take(struct batch *, const char *const *argument, size_t n);
/* Which areas are of the part, once the list is read. */
void batch_part_divide(struct batch *);
bool batch_is_mine(const struct batch *, size_t area);
/* Of the part, or of the whole. */
const char *batch_state_path(struct batch *);
const char *batch_journal_path(struct batch *);
/* The state of before: of a part its own, else that of the whole. */
bool batch_read_before(struct batch *);
/* What the state of a part says of it. */
void batch_part_note(struct batch *);
/* Parts in the folder of results, which a whole run has made obsolete. */
void batch_parts_remove(struct batch *);
/* The folder is this run's until its end, with all that is written into it; parts of one division share it with each other. Workers hold it too. */
bool batch_lock(struct batch *);
/* No two runs write the same journal. */
FILE *batch_journal_open(struct batch *);

/* ---- batchmerge.c ---- */

/* The parts in these folders; the job and the options are those that they were made with. */
bool batch_merge_open(struct batch *, int n_dir, char *dir[], const char **job);
/* Of another kind of documents, in the same folders. */
bool batch_merge_more(struct batch *, const struct batch *plans);
/* What the parts made is what was made before. */
bool batch_merge_before(struct batch *);
/* Whether each area of the list is in a part; files that are elsewhere come into the folder of results. */
bool batch_merge_areas(struct batch *);
size_t batch_merge_made(const struct batch *); /* areas that were made by the parts */

/* ---- batchslurm.c ---- */

/* The whole by a cluster. False where the parts or their joining did not come to an end. */
bool batch_slurm(struct batch *, const char *job);

#endif
