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
pkgs := cairo harfbuzz harfbuzz-subset freetype2 libxml-2.0 xlsxwriter libutf8proc libcrypto

warnings := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes \
	-Wvla -Wwrite-strings -Wswitch-enum
flags_release := -O2
flags_debug := -O0 -g3 -Werror
flags_asan := -O1 -g3 -Werror -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer

CPPFLAGS += -Isrc -D_POSIX_C_SOURCE=200809L -DKEHOACH_SHARE='"$(PREFIX)/share/kehoach"'
CFLAGS += -std=c17 $(warnings) $(flags_$(MODE))
pkg_cflags = $(shell pkg-config --cflags $(pkgs))
pkg_libs = $(shell pkg-config --libs $(pkgs)) -lm

sources := $(sort $(wildcard src/*.c src/*/*.c))
objects := $(sources:src/%.c=$(obj)/%.o)
library := $(obj)/kehoach.a
unit_sources := $(sort $(wildcard tests/unit/*.c))
unit_programs := $(unit_sources:tests/unit/%.c=$(obj)/unit/%)

quiet := $(if $(verbose),,@)

.PHONY: all plans test unit lint golden golden-update bad e2e bench fuzz tidy install uninstall clean help setup setup-test
.DELETE_ON_ERROR:
.SECONDARY:

all: $(program) ## build the program only; installs nothing

$(program): $(obj)/main.o $(library)
	@mkdir -p $(@D)
	$(quiet)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $(obj)/main.o $(library) $(pkg_libs)

$(library): $(filter-out $(obj)/main.o,$(objects))
	$(quiet)rm -f $@ && $(AR) rcs $@ $^

$(obj)/%.o: src/%.c
	@mkdir -p $(@D)
	$(quiet)$(CC) $(CPPFLAGS) $(CFLAGS) $(pkg_cflags) -MMD -MP -c -o $@ $<

$(obj)/unit/%: tests/unit/%.c $(library)
	@mkdir -p $(@D)
	$(quiet)$(CC) $(CPPFLAGS) $(CFLAGS) $(pkg_cflags) -MMD -MP -MF $@.d -o $@ $< $(library) $(pkg_libs) -lcmocka

-include $(objects:.o=.d) $(unit_programs:=.d)
