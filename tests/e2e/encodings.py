"""Texts in the encodings of before Unicode, and results without the places that figures come from.

encodings.py encode vni|tcvn3|viscii|cp1258 [stored] <FROM >TO    stored: as if it were Windows-1252, in UTF-8 with a mark
encodings.py same A.json B.json
"""
import json
import re
import subprocess
import sys
import unicodedata

TONES = "\u0301\u0300\u0309\u0303\u0323"
VNI_TONES = dict(zip(TONES, "ùøûõï"))
VNI_CIRCUMFLEX = dict(zip(" " + TONES, "âáàåãä"))
VNI_BREVE = dict(zip(" " + TONES, "êéèúüë"))
VNI_WHOLE = dict(zip("íìỉĩịỵđ", "íìæóòîñ"))
VNI_HORN = {"o": "ô", "u": "ö"}


def vni_letter(c):
    small = c.lower()
    if small in VNI_WHOLE:
        typed = VNI_WHOLE[small]
    else:
        base, *marks = unicodedata.normalize("NFD", small)
        tone = "".join(m for m in marks if m in TONES)
        if "\u0302" in marks:
            typed = base + VNI_CIRCUMFLEX[tone or " "]
        elif "\u0306" in marks:
            typed = base + VNI_BREVE[tone or " "]
        else:
            typed = (VNI_HORN[base] if "\u031b" in marks else base) + (VNI_TONES[tone] if tone else "")
    return typed if c == small else typed.upper()


def cp1258_letter(c):
    try:
        return c.encode("cp1258")
    except UnicodeEncodeError:
        parts = unicodedata.normalize("NFD", c)
        tone = next(p for p in parts if p in TONES)
        return unicodedata.normalize("NFC", parts.replace(tone, "")).encode("cp1258") + tone.encode("cp1258")


def encode(text, encoding):
    if encoding == "vni":
        return "".join(vni_letter(c) if ord(c) > 127 else c for c in text).encode("cp1252")
    if encoding == "cp1258":
        return b"".join(cp1258_letter(c) for c in text)
    name = {"tcvn3": "TCVN5712-1", "viscii": "VISCII"}[encoding]
    return subprocess.run(["iconv", "-f", "UTF-8", "-t", name], input=text.encode(), capture_output=True, check=True).stdout


def without_places(path):
    with open(path, encoding="utf-8") as file:
        return json.loads(re.sub(r'"from":\[[^]]*\]', '"from":[]', file.read()))


def main(command, *args):
    if command == "same":
        if without_places(args[0]) != without_places(args[1]):
            sys.exit("the figures differ")
        return
    data = encode(sys.stdin.buffer.read().decode("utf-8-sig"), args[0])
    if "stored" in args:
        data = data.decode("latin-1" if args[0] == "viscii" else "cp1252").encode("utf-8-sig")
    sys.stdout.buffer.write(data)


main(*sys.argv[1:])
