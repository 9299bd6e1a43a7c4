#!/usr/bin/env python3
"""Messages of the program and their translation.

  messages.py [FILE.c...]       prints every message (msgid) of the C sources, with its places, as the entries of a .po file
  messages.py --check FILE.po   exits 1 if the file lacks a message, has one that no source has, or differs in conversions

A message is a string literal that is the format of diag_error, diag_fault, diag_warning, diag_note, diag_place, diag_add, or the text
of diag_say, or what xl_found says was found. Where the format is a parameter of the function around the call, what the callers pass is read; where it is a
call, what that function returns; a variable, what it is set to; a table of texts, its initializer.
"""

import os
import re
import sys

# name of the function -> index of its format
SINKS = {"diag_error": 3, "diag_fault": 3, "diag_warning": 3, "diag_note": 3, "diag_place": 3, "diag_add": 4, "diag_say": 1, "xl_found": 3}

TOKEN = re.compile(
    r'(?P<space>\s+|/\*.*?\*/|//[^\n]*|\\\n|^[ \t]*\#(?:[^\n\\]|\\\n|\\.)*)'
    r'|(?P<string>"(?:[^"\\\n]|\\.)*")'
    r"|(?P<char>'(?:[^'\\\n]|\\.)*')"
    r"|(?P<name>[A-Za-z_]\w*)"
    r"|(?P<number>\.?\d(?:[\w.]|[eEpP][+-])*)"
    r"|(?P<mark>->|\+\+|--|.)",
    re.S | re.M,
)
ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "0": "\0", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}
CONVERSION = re.compile(r"%(?:%|[-+ #0-9.*'$hlLqjzt]*.)", re.S)


def unescape(literal):
    return re.sub(r"\\(.)", lambda m: ESCAPES.get(m[1], m[1]), literal[1:-1], flags=re.S)


def conversions(text):
    """As base/catalog.c compares them: star, length and letter of each."""
    found = []
    for m in CONVERSION.finditer(text):
        if m[0] != "%%":
            found.append("".join(c for c in m[0][1:-1] if c in "*$hlLqjzt") + m[0][-1])
    return found


class Source:
    """One C file as tokens (kind, text, line), white space and comments left out; adjacent strings are one."""

    def __init__(self, path):
        self.path = path
        with open(path, encoding="utf-8") as f:
            text = f.read()
        self.tokens = []
        line = 1
        for m in TOKEN.finditer(text):
            kind = m.lastgroup
            if kind == "string":
                if self.tokens and self.tokens[-1][0] == "string":
                    self.tokens[-1] = ("string", self.tokens[-1][1] + unescape(m[0]), self.tokens[-1][2])
                else:
                    self.tokens.append(("string", unescape(m[0]), line))
            elif kind != "space":
                self.tokens.append((kind, m[0], line))
            line += m[0].count("\n")
        self.functions = list(self.find_functions())

    def close(self, i):
        """Index of the bracket that closes the one at i."""
        depth = 0
        while i < len(self.tokens):
            kind, text, _ = self.tokens[i]
            if kind == "mark":
                depth += (text in "([{") - (text in ")]}")
            if not depth:
                return i
            i += 1
        return len(self.tokens)

    def arguments(self, i):
        """Token ranges of the arguments in the brackets that open at i."""
        end = self.close(i)
        ranges, first, depth = [], i + 1, 0
        for j in range(i + 1, end):
            kind, text, _ = self.tokens[j]
            if kind != "mark":
                continue
            depth += (text in "([{") - (text in ")]}")
            if text == "," and not depth:
                ranges.append((first, j))
                first = j + 1
        if end > i + 1:
            ranges.append((first, end))
        return ranges

    def find_functions(self):
        """(name, parameter names, first token of the body, last)"""
        i = depth = 0
        while i < len(self.tokens):
            kind, text, _ = self.tokens[i]
            if kind == "mark" and text == "{" and not depth and i and self.tokens[i - 1][1] == ")":
                opened = self.opened_by(i - 1)
                if opened and self.tokens[opened - 1][0] == "name":
                    names = [self.parameter(a, b) for a, b in self.arguments(opened)]
                    yield self.tokens[opened - 1][1], names, i, self.close(i)
            if kind == "mark":
                depth += (text == "{") - (text == "}")
            i += 1

    def opened_by(self, i):
        depth = 0
        while i >= 0:
            if self.tokens[i][0] == "mark":
                depth += (self.tokens[i][1] in ")]}") - (self.tokens[i][1] in "([{")
            if not depth:
                return i
            i -= 1
        return None

    def parameter(self, first, end):
        names = [t[1] for t in self.tokens[first:end] if t[0] == "name"]
        return names[-1] if names else ""

    def function_at(self, i):
        for name, parameters, first, last in self.functions:
            if first <= i <= last:
                return name, parameters
        return None, []

    def calls(self, name):
        """Indexes of the '(' of each call of name."""
        declared = {first for f, _, first, _ in self.functions if f == name}
        for i in range(len(self.tokens) - 1):
            if self.tokens[i][:2] == ("name", name) and self.tokens[i + 1][1] == "(":
                after = self.close(i + 1) + 1
                is_definition = after in declared
                is_call = i and (self.tokens[i - 1][0] != "name" or self.tokens[i - 1][1] in ("return", "else"))
                if not is_definition and is_call and self.tokens[i - 1][1] != "*":
                    yield i + 1

    def literals(self, first, end):
        return [(t[1], t[2]) for t in self.tokens[first:end] if t[0] == "string"]

    def assigned(self, name):
        """Token ranges of what is assigned to the name: NAME = ...; NAME[] = { ... };"""
        for i in range(len(self.tokens) - 1):
            if self.tokens[i][:2] != ("name", name):
                continue
            j = i + 1
            while self.tokens[j][1] == "[":
                j = self.close(j) + 1
            if self.tokens[j][1] != "=" or self.tokens[j + 1][1] == "=":
                continue
            end, depth = j + 1, 0
            while depth or self.tokens[end][1] not in (";", ","):
                depth += (self.tokens[end][1] in "([{") - (self.tokens[end][1] in ")]}")
                end += 1
            yield i, j + 1, end

    def returned(self, function):
        for name, _, first, last in self.functions:
            for i in range(first, last) if name == function else ():
                if self.tokens[i][:2] == ("name", "return"):
                    end = next(j for j in range(i, last) if self.tokens[j][1] == ";")
                    yield from self.literals(i, end)

    def members(self, i):
        """Names of the members of the struct type that stands before the name at i."""
        if self.tokens[i - 1][1] == "}":
            opened = self.opened_by(i - 1)
        else:
            tag = self.tokens[i - 1][1]
            opened = next(
                (
                    j + 2
                    for j in range(len(self.tokens) - 2)
                    if [t[1] for t in self.tokens[j : j + 3]] == ["struct", tag, "{"]
                ),
                None,
            )
        if opened is None:
            return []
        names = []
        for j in range(opened + 1, self.close(opened)):
            text = self.tokens[j][1]
            if text == ";" or text == ",":
                k = j - 1
                while self.tokens[k][1] == "]":
                    k = self.opened_by(k) - 1
                names.append(self.tokens[k][1])
        return names

    def table_texts(self, name, member):
        """Literals of the table; with a member, only those of that member."""
        for i, first, end in self.assigned(name):
            if self.tokens[first][1] != "{":
                continue
            if not member:
                yield from self.literals(first, end)
                continue
            names = self.members(i)
            for row, row_end in self.arguments(first):
                while self.tokens[row][1] != "{" and row < row_end:  # [INDEX] = { ... }
                    row += 1
                for k, (a, b) in enumerate(self.arguments(row) if row < row_end else []):
                    designated = self.tokens[a][1] == "." and self.tokens[a + 1][1] == member
                    if designated or (self.tokens[a][1] != "." and k < len(names) and names[k] == member):
                        yield from self.literals(a, b)

    def texts_of(self, tokens):
        """Literals that a format which is no literal can be."""
        words = [t[1] for t in tokens]
        if tokens[0][0] != "name":
            return []
        if len(tokens) == 1:
            return [x for _, first, end in self.assigned(words[0]) for x in self.literals(first, end)]
        if words[1] == "(":
            return list(self.returned(words[0]))
        if words[1] == "[":
            return list(self.table_texts(words[0], words[-1] if words[-2] in (".", "->") else None))
        return []


def read_messages(paths):
    """({message: [place]}, [problem])"""
    sources = [Source(p) for p in paths]
    found, problems = {}, []
    sinks = [(name, index, None) for name, index in SINKS.items()]
    known = set(sinks)

    def take(source, literals):
        for text, line in literals:
            if not text.strip() or not re.sub(CONVERSION, "", text).strip(" .,:;()'\""):
                continue  # only conversions: nothing to translate
            place = f"{source.path}:{line}"
            if place not in found.setdefault(text, []):
                found[text].append(place)

    while sinks:
        name, index, only = sinks.pop()
        for source in sources if only is None else [only]:
            for i in source.calls(name):
                arguments = source.arguments(i)
                if index >= len(arguments):
                    continue
                first, end = arguments[index]
                literals = source.literals(first, end)
                take(source, literals)
                if literals:
                    continue
                tokens = source.tokens[first:end]
                function, parameters = source.function_at(i)
                if len(tokens) == 1 and tokens[0][1] in parameters:
                    sink = (function, parameters.index(tokens[0][1]), source)
                    if sink not in known and function not in SINKS:
                        known.add(sink)
                        sinks.append(sink)
                elif function not in SINKS:
                    literals = source.texts_of(tokens)
                    take(source, literals)
                    if not literals:
                        shown = "".join(t[1] for t in tokens)
                        problems.append(f"{source.path}:{tokens[0][2]}: no literal is found for {shown} of {name}()")
    return found, problems


def read_po(path):
    """({msgid: msgstr}, [problem])"""
    entries, problems = {}, []
    part, texts, at = None, {}, 0

    def finish():
        if texts.get("msgid"):
            if texts["msgid"] in entries:
                problems.append(f"{path}:{at}: msgid stands twice: {texts['msgid']}")
            entries[texts["msgid"]] = texts.get("msgstr", "")

    with open(path, encoding="utf-8") as f:
        for number, line in enumerate(f, 1):
            line = line.strip()
            m = re.match(r'(msgid|msgstr)?\s*("(?:[^"\\]|\\.)*")$', line)
            if not line or line.startswith("#"):
                continue
            if not m:
                problems.append(f"{path}:{number}: this is neither msgid nor msgstr")
                continue
            if m[1] == "msgid":
                finish()
                texts, at = {}, number
            part = m[1] or part
            texts[part] = texts.get(part, "") + unescape(m[2])
    finish()
    return entries, problems


def quote(text):
    return '"%s"' % text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")


def main(argv):
    po = None
    if argv[:1] == ["--check"]:
        if len(argv) < 2:
            sys.exit("messages.py: --check needs a .po file")
        po, argv = argv[1], argv[2:]
    paths = argv or sorted(
        os.path.join(folder, name) for folder, _, names in os.walk("src") for name in names if name.endswith(".c")
    )
    found, problems = read_messages(paths)
    if po is None:
        for text in sorted(found, key=lambda t: (found[t][0].rsplit(":", 1)[0], int(found[t][0].rsplit(":", 1)[1]))):
            print(f"#: {' '.join(found[text])}\nmsgid {quote(text)}\nmsgstr \"\"\n")
    else:
        entries, more = read_po(po)
        problems += more
        for text, places in found.items():
            if not entries.get(text):
                problems.append(f"{places[0]}: not translated in {po}: {quote(text)}")
            elif conversions(text) != conversions(entries[text]):
                problems.append(f"{places[0]}: conversions differ in {po}: {quote(text)}")
        for text in entries:
            if text not in found:
                problems.append(f"{po}: no source has this message: {quote(text)}")
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
