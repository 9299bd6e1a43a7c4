/* zipdir: the directory of a ZIP container and the header before each entry, compared with each other. libzip keeps to
 * itself where entries begin, so overlaps can only be found by reading the two again.
 *
 * Owner:  the arena
 * Errors: as ingest/zip.h
 */
#ifndef INGEST_ZIPDIR_H
#define INGEST_ZIPDIR_H

#include "base/diag.h"

#include <stdint.h>
#include <stdio.h>

enum zip_method { ZIP_STORED = 0, ZIP_DEFLATED = 8 };

struct zip_entry {
	const char *name;  /* terminated; no NUL inside */
	const char *lower; /* the same in ASCII lower case */
	const char *shown; /* behind the name of the file, for places in messages */
	uint64_t start;	   /* [bytes] of its local header in the file */
	uint64_t end;	   /* behind its data */
	uint64_t packed;   /* [bytes] */
	uint64_t size;	   /* [bytes] as stated */
	uint32_t crc;
	unsigned flags;
	unsigned method;   /* enum zip_method */
};

/* Reads and checks all, in the order of the directory. */
bool zip_directory(FILE *, const char *shown, struct arena *, struct zip_entry **, size_t *n, struct diags *);

#endif
