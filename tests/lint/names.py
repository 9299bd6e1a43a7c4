"""A struct, an enum or a constant of an enum in a header that other folders include has one meaning in its own folder: no other file there
gives it another."""
import collections
import glob
import os
import re

TAG = re.compile(r"^(?:struct|enum) (\w+)( \{|;)", re.M)
ENUM = re.compile(r"^(?:static |typedef )?enum(?: \w+)? \{(.*?)\}", re.M | re.S)
CONSTANT = re.compile(r"(?:^|,)\s*([A-Z]\w*)")
INCLUDE = re.compile(r'^#include "([^"]*)"', re.M)


def stripped(path):
    with open(path, encoding="utf-8") as f:
        return re.sub(r"/\*.*?\*/", "", f.read(), flags=re.S)


def main():
    texts = {path: stripped(path) for path in sorted(glob.glob("src/*/*.[ch]"))}
    public = {i for path, text in texts.items() for i in INCLUDE.findall(text) if i.split("/")[0] != path.split("/")[1]}
    defined, declared = collections.defaultdict(set), set()
    for path, text in texts.items():
        folder = os.path.dirname(path)
        constants = [c for m in ENUM.finditer(text) for c in CONSTANT.findall(m[1])]
        for name in [m[1] for m in TAG.finditer(text) if m[2] == " {"] + constants:
            defined[folder, name].add(path)
        if path.removeprefix("src/") in public:
            declared |= {(folder, name) for name in [m[1] for m in TAG.finditer(text)] + constants}
    bad = sorted((where, sorted(paths)) for where, paths in defined.items() if where in declared and len(paths) > 1)
    for (_, name), paths in bad:
        print(f"# {name} is defined in {' and '.join(paths)}")
    print("1..1\n" + ("not ok" if bad else "ok") + " 1 - one meaning of a name in a folder")


main()
