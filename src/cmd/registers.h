/* registers: sources whose rows are counted (model/register.h): who reads the file, once or twice.
 *
 * Errors: those of readers and of the register
 * Owner:  registers_close, behind model_build, which looks at the file again
 */
#ifndef CMD_REGISTERS_H
#define CMD_REGISTERS_H

#include "ingest/scan.h"
#include "model/register.h"

struct register_file {
	struct reg *reg;
	struct scan *scan; /* NULL: its rows come of a reader */
	struct reader_options options;
	struct register_file *next;
};

struct registers {
	struct register_file *file;
	struct register_options options;
	unsigned n_thread;
};

/* Up to the header, where the reader is stopped: whether it is there, and all columns are. */
bool registers_head(struct reg *, const struct reader_options *, struct diags *);

bool registers_read(struct registers *, const struct source *, const struct dataset *areas, const struct reader_options *,
	struct library *, struct arena *, struct data *, struct diags *);
/* With strict: whether no row had a fault. */
bool registers_are_sound(const struct registers *);
void registers_close(struct registers *);

#endif
