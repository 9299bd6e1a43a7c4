"""Old Excel workbooks, right and wrong ones, made byte by byte for the input.sh of the cases beside this and for tests/e2e.

    from xls import *
    save("data.xls", workbook([("Sheet1", cells(...))]))

A workbook is a Workbook stream: the records of the book, then those of each sheet. ole() packs streams into a container.
"""

import struct

HEADER = ["Thôn", "Số hộ", "Hộ nghèo"]
ROWS = [HEADER, ["Thôn 1", 100, 5], ["Thôn 2", 200, 8], ["Thôn 3", 150, 0]]

GENERAL, PERCENT, DATE = 0, 1, 2  # styles that every workbook() has
NO_STREAM, END, FAT, LIST = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFC


def record(id, data=b""):
    return struct.pack("<HH", id, len(data)) + data


def text(s, wide=None, size="<H"):
    """A text with its number of characters; wide: two bytes for each."""
    wide = any(ord(c) > 255 for c in s) if wide is None else wide
    return struct.pack(size + "B", len(s), wide) + s.encode("utf-16-le" if wide else "latin-1")


def bof(kind, version=0x0600):
    return record(0x0809, struct.pack("<HHHHII", version, kind, 0x0DBB, 0x07CC, 0, 6))


def eof():
    return record(0x000A)


def place(row, col, style=GENERAL):
    return struct.pack("<HHH", row, col, style)


def number(row, col, x, style=GENERAL):
    return record(0x0203, place(row, col, style) + struct.pack("<d", x))


def label(row, col, s):
    return record(0x0204, place(row, col) + text(s))


def shared(row, col, i):
    return record(0x00FD, place(row, col) + struct.pack("<I", i))


def truth(row, col, value, is_error=False):
    return record(0x0205, place(row, col) + bytes([value, is_error]))


def formula(row, col, result, flags=0, style=GENERAL, tokens=b""):
    """result: the eight bytes, or a number."""
    result = result if isinstance(result, bytes) else struct.pack("<d", result)
    return record(0x0006, place(row, col, style) + result + struct.pack("<HIH", flags, 0, len(tokens)) + tokens)


def sst(strings):
    return record(0x00FC, struct.pack("<II", len(strings), len(strings)) + b"".join(text(s) for s in strings))


def font(name):
    return record(0x0031, struct.pack("<HHHHHBBBB", 200, 0, 0x7FFF, 400, 0, 0, 0, 0, 0) + text(name, size="<B"))


def cells(rows, first=0):
    """Records of a table: texts as labels, numbers."""
    return b"".join(
        label(r, c, x) if isinstance(x, str) else number(r, c, x)
        for r, row in enumerate(rows, first)
        for c, x in enumerate(row)
        if x is not None
    )


def workbook(sheets, book=b"", styles=(0, 10, 14), version=0x0600):
    """sheets: (name, records[, state, type, kind of BOF]); book: further records; styles: format ids."""
    globals_ = bof(5, version) + book
    globals_ += b"".join(record(0x00E0, struct.pack("<HH16x", 0, format)) for format in styles)
    names = [text(s[0], size="<B") for s in sheets]
    dimensions = record(0x0200, struct.pack("<IIHHH", 0, 65536, 0, 256, 0))  # LibreOffice loses the first record else
    bodies = [bof(s[4] if len(s) > 4 else 0x10, version) + dimensions + s[1] + eof() for s in sheets]
    at = len(globals_) + sum(4 + 6 + len(n) for n in names) + len(eof())
    for s, name, body in zip(sheets, names, bodies):
        state, type = (*s[2:4], 0, 0)[:2] if len(s) > 2 else (0, 0)
        globals_ += record(0x0085, struct.pack("<IBB", at, state, type) + name)
        at += len(body)
    return globals_ + eof() + b"".join(bodies)


def ole(streams, chain=None):
    """A container of version 3. streams: {name: bytes}; each is padded to at least 4096 bytes, so that none is in small
    sectors. chain: changes the table of sectors, a list, before it is written."""
    sector = 512
    parts = [(name, data.ljust(4096, b"\0")) for name, data in streams.items()]
    n_data = [-(-len(data) // sector) for _, data in parts]
    n_dir = -(-(len(parts) + 1) // 4)
    n_used = n_dir + sum(n_data)
    n_fat, n_list = 1, 0
    while n_fat * 128 < n_used + n_fat + n_list:
        n_fat += 1
        n_list = -(-max(n_fat - 109, 0) // 127)  # sectors that go on with the list of the table's sectors
    table = [FAT] * n_fat + [LIST] * n_list

    def add(n):
        first = len(table)
        table.extend([*range(first + 1, first + n), END])
        return first

    dir_at = add(n_dir)
    starts = [add(n) for n in n_data]
    if chain:
        chain(table, starts)
    table += [NO_STREAM] * (n_fat * 128 - len(table))

    def entry(name, type, first, size, child=NO_STREAM, right=NO_STREAM):
        utf16 = (name + "\0").encode("utf-16-le")
        return struct.pack(
            "<64sHBBIII16xI16xIII", utf16, len(utf16), type, 1, NO_STREAM, right, child, 0, first, size, 0
        )

    directory = entry("Root Entry", 5, END, 0, child=1)
    for i, ((name, data), first) in enumerate(zip(parts, starts)):
        directory += entry(name, 2, first, len(data), right=i + 2 if i + 1 < len(parts) else NO_STREAM)
    directory = directory.ljust(n_dir * sector, b"\0")
    header = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(16)
    header += struct.pack("<HHHHH6x9I", 0x3E, 3, 0xFFFE, 9, 6, 0, n_fat, dir_at, 0, 4096, END, 0, n_fat if n_list else END, n_list)
    listed = [*range(n_fat)] + [NO_STREAM] * (109 + 127 * n_list - n_fat)
    header += struct.pack("<109I", *listed[:109])
    assert len(header) == sector
    body = b"".join(struct.pack("<I", x) for x in table)
    for i in range(n_list):
        more = n_fat + i + 1 if i + 1 < n_list else END
        body += struct.pack("<128I", *listed[109 + 127 * i : 236 + 127 * i], more)
    body += directory
    return header + body + b"".join(data.ljust(n * sector, b"\0") for (_, data), n in zip(parts, n_data))


def save(path, stream, name="Workbook", **more):
    with open(path, "wb") as f:
        f.write(ole({name: stream}, **more))
