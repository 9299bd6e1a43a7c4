/* date: calendar days, and how state documents write them (NĐ 30/2020, Phụ lục I and II). No clock is ever read. */
#ifndef BASE_DATE_H
#define BASE_DATE_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct date {
	int year;  /* 0: not known */
	int month; /* 1-12; 0: blank, for the clerk to fill */
	int day;   /* 1-31; 0: blank */
};

/* "2024-01-31"; also "2024-01" and "2024" with the rest blank. The day must exist. */
bool date_parse(const char *s, struct date *);
/* A day as people write it: "31/01/2024", "5/3/2024", "31.01.2024", "5-3-2024", or "2024-01-31". */
bool date_read(const char *s, struct date *);
/* A day as date_read takes it, then, if it is said, a time behind a space or T: "03/05/2024 14:30". Hour is -1 without one. */
bool date_read_moment(const char *s, struct date *, int *hour, int *minute);
/* "2024-05-03", "2024-05-03T14:30" */
const char *date_moment_iso(struct date, int hour, int minute, struct arena *);
/* The first day in a text, from a place on: "trước ngày 15/6/2024", "15-6", "ngày 15 tháng 6 năm 2024", "2024-06-15"; the year
 * is 0 where it is not stated. *end: behind it. text: folded as utf8_fold does. */
bool date_find(const char *text, size_t from, struct date *, size_t *end);
/* The last day that a date with blanks may be. */
struct date date_last(struct date);
const char *date_day(struct date, struct arena *);   /* 31/01, 10/5: where the year stands elsewhere */
const char *date_short(struct date, struct arena *); /* 31/01/2024, 10/5/2024: day padded below 10, month below 3 */
const char *date_long(struct date, struct arena *);  /* "ngày 09 tháng 3 năm 2023"; blanks stay wide */
const char *date_iso(struct date, struct arena *);   /* 2024-01-31; a blank part counts as 1 */
int64_t date_unix(struct date);			     /* [s] midnight UTC; a blank part counts as 1 */

/* "2023-03-09T08:30:00+07:00" (also with Z, without seconds, with a space for T): [s] since 1970 UTC. Without an offset it is
 * Vietnam's time. */
bool date_instant(const char *s, int64_t *);

#endif
