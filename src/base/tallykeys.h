/* tallykeys: the keys of a tally and their counters, for tally.c. Nobody else includes it. */
#ifndef BASE_TALLYKEYS_H
#define BASE_TALLYKEYS_H

#include "base/tally.h"

void tally_keys_init(struct tally *);
void tally_keys_clear(struct tally *);

#endif
