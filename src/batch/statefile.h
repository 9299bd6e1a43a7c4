/* statefile: what writing a state, reading it and looking at what lies there have in common. Nobody else includes it. */
#ifndef BATCH_STATEFILE_H
#define BATCH_STATEFILE_H

#include "batch/state.h"

enum { STATE_SHA256 = 64 /* digits of a checksum */ };

extern const char *const state_words[]; /* of enum area_state */

/* Whether an object of n bytes ends with the checksum of all in front of it. */
bool state_is_sealed(const char *s, size_t n);
/* Whether it may be a file in an area's folder. */
bool state_is_output_name(const char *);

#endif
