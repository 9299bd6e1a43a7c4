# kehoach: `make help` lists what can be made. Needs GNU make; binary and objects go to out/.

MODE ?= release
PREFIX ?= /usr/local
DESTDIR ?=

out := out
obj := $(out)/obj/$(MODE)
bin := $(out)/bin
ifneq ($(MODE),release)
bin := $(out)/bin-$(MODE)
endif
program := $(bin)/kehoach

CC = gcc
PYTHON = /usr/bin/python3
pkgs := cairo harfbuzz harfbuzz-subset freetype2 libxml-2.0 xlsxwriter libutf8proc libcrypto libcurl libp11 libzip zlib libgsf-1 libdeflate libpng jansson
# Debian has ISA-L for amd64 only: src/ingest/inflate.h.
ifneq ($(shell pkg-config --exists libisal && echo yes),)
pkgs += libisal
CPPFLAGS += -DHAVE_ISAL
endif

warnings := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes \
	-Wvla -Wwrite-strings -Wswitch-enum
flags_release := -O2
flags_debug := -O0 -g3 -Werror
flags_asan := -O1 -g3 -Werror -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer

CPPFLAGS += -Isrc -D_POSIX_C_SOURCE=200809L
CFLAGS += -std=c17 $(warnings) $(flags_$(MODE))
pkg_cflags = $(shell pkg-config --cflags $(pkgs))
pkg_libs = $(shell pkg-config --libs $(pkgs)) -lm

sources := $(sort $(wildcard src/*.c src/*/*.c))
objects := $(sources:src/%.c=$(obj)/%.o)
library := $(obj)/kehoach.a
unit_sources := $(sort $(wildcard tests/unit/*.c))
unit_programs := $(unit_sources:tests/unit/%.c=$(obj)/unit/%)
bench_programs := $(patsubst tests/bench/%.c,$(obj)/bench/%,$(sort $(wildcard tests/bench/*.c)))

quiet := $(if $(verbose),,@)

.PHONY: all plans test unit lint golden golden-update bad e2e bench fuzz tidy install uninstall clean \
	help setup setup-test programs signed
.DELETE_ON_ERROR:
.SECONDARY:

all: $(obj)/checked $(program) ## build the program only; installs nothing

# One line when something is missing, before the compiler says it in a hundred.
$(obj)/checked: .ci/setup
	@.ci/setup --check build
	@mkdir -p $(@D) && touch $@

$(program): $(obj)/main.o $(library)
	@mkdir -p $(@D)
	$(quiet)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $(obj)/main.o $(library) $(pkg_libs)

$(library): $(filter-out $(obj)/main.o,$(objects))
	$(quiet)rm -f $@ && $(AR) qcs $@ $^ # q, not r: two folders may each have a table.o

$(obj)/%.o: src/%.c | $(obj)/checked
	@mkdir -p $(@D)
	$(quiet)$(CC) $(CPPFLAGS) $(CFLAGS) $(pkg_cflags) -MMD -MP -c -o $@ $<

$(obj)/unit/%: tests/unit/%.c $(library)
	@mkdir -p $(@D)
	$(quiet)$(CC) $(CPPFLAGS) $(CFLAGS) $(pkg_cflags) -MMD -MP -MF $@.d -o $@ $< $(library) $(pkg_libs) -lcmocka

$(obj)/bench/%: tests/bench/%.c $(library)
	@mkdir -p $(@D)
	$(quiet)$(CC) $(CPPFLAGS) $(CFLAGS) $(pkg_cflags) -MMD -MP -MF $@.d -o $@ $< $(library) $(pkg_libs)

setup: ## install what building needs and is missing (root or sudo)
	@.ci/setup build

setup-test:
	@.ci/setup test

jobs := $(sort $(wildcard fixtures/*/job.xml))

# One job for each area of a list.
batches := $(sort $(wildcard fixtures/*/batch.xml))

# How far a plan is: jobs with monthly returns, at the end of these months of their year.
followed = $(shell grep -l '<returns ' $(jobs))
months := 05 12

plans: setup ## set-up, build, and write every fixtures/*/job.xml into out/plans/, signed with test keys, with its progress
	@$(MAKE) --no-print-directory -j2 all
	rm -f $(out)/plans/*/plan.signed.pdf
	$(program) build $(jobs) -o $(out)/plans
	@for job in $(followed); do for month in $(months); do \
		year=$$(sed -n 's/.* period="\([0-9]*\).*/\1/p' $$job | head -1); \
		$(program) progress $$job --month $$year-$$month -o $(out)/plans || exit 1; \
	done; done
	@for job in $(batches); do $(program) batch $$job -o $(out)/plans || exit 1; done
	@$(MAKE) --no-print-directory signed

# Signed with throw-away keys, which are nobody's: made anew when they are about to expire.
keys := $(out)/keys
signed:
	@openssl x509 -checkend 86400 -noout -in $(keys)/signer.crt >/dev/null 2>&1 || { rm -rf $(keys) && tests/e2e/pki.sh $(keys); }
	@for plan in $(out)/plans/*/plan.pdf; do \
		$(program) sign $$plan -o $${plan%.pdf}.signed.pdf --p12 $(keys)/signer.p12 --password-file $(keys)/password || exit 1; \
	done

test: setup-test ## set-up and every test
	@$(MAKE) --no-print-directory -j2 all programs
	@$(MAKE) --no-print-directory lint unit golden bad e2e

# What the test scripts need to know; LSan: what fontconfig keeps is not ours.
run_tests = KEHOACH=$(abspath $(program)) PYTHON=$(PYTHON) MODE=$(MODE) CC=$(CC) \
	ASAN_OPTIONS=detect_leaks=1 LSAN_OPTIONS=suppressions=$(abspath tests/lsan.supp):print_suppressions=0 \
	prove -e ''

programs: $(unit_programs)

lint: all ## layers, headers, banned words, templates against their schemas, messages
	@$(run_tests) $(sort $(wildcard tests/lint/*.sh))

unit: all $(unit_programs) ## unit tests
	@$(run_tests) -j2 $(unit_programs)

golden: all ## whole results against the files in tests/golden
	@$(run_tests) tests/golden/run.sh

golden-update: all ## show how results differ from tests/golden, then take them over
	@KEHOACH=$(abspath $(program)) UPDATE=1 tests/golden/run.sh

bad: all ## wrong and hostile input
	@$(run_tests) tests/bad/run.sh

e2e: all ## the program as a whole, its results read by other programs
	@$(run_tests) -j2 --timer $(filter-out %/lib.sh %/batchlib.sh %/slurmlib.sh %/pki.sh,$(sort $(wildcard tests/e2e/*.sh)))

bench: setup all $(bench_programs) ## speed and memory beside the goals; part=register: that part alone
	@KEHOACH=$(abspath $(program)) BENCH=$(abspath $(obj)/bench) tests/bench/$(or $(part),run).sh

FUZZ_SECONDS ?= 60
fuzz: ## run each fuzz target for FUZZ_SECONDS
	@.ci/setup build && .ci/setup fuzz
	@FUZZ_SECONDS=$(FUZZ_SECONDS) tests/fuzz/run.sh

tidy: ## clang-tidy and cppcheck
	@.ci/setup tidy
	clang-tidy --quiet $(sources) -- $(CPPFLAGS) -std=c17 $(pkg_cflags)
	cppcheck --quiet --std=c11 --enable=warning,portability --suppress=ctunullpointer --suppress=legacyUninitvar \
		--error-exitcode=1 -Isrc src

install: all ## install into $(DESTDIR)$(PREFIX)
	install -Dm755 $(program) $(DESTDIR)$(PREFIX)/bin/kehoach
	cd templates && find . -type f -exec install -Dm644 '{}' '$(abspath $(DESTDIR))$(PREFIX)/share/kehoach/templates/{}' ';'

uninstall:
	rm -f $(DESTDIR)$(PREFIX)/bin/kehoach
	rm -rf $(DESTDIR)$(PREFIX)/share/kehoach

clean: ## remove all that make has made
	find $(out) -mindepth 1 ! -name .gitignore -delete

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' Makefile
	@echo "MODE=release|debug|asan, verbose=yes, PREFIX=$(PREFIX), DESTDIR="

-include $(objects:.o=.d) $(unit_programs:=.d)
