"""Whether all parts of workbooks are compressed at this level of zlib.

usage: zip_level.py LEVEL FILE..."""
import sys
import zipfile
import zlib


def packed(path, part):
    with open(path, "rb") as f:
        f.seek(part.header_offset)
        head = f.read(30)
        f.seek(int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little"), 1)
        return f.read(part.compress_size)


def main(level, *files):
    wrong = 0
    for path in files:
        with zipfile.ZipFile(path) as book:
            for part in book.infolist():
                deflate = zlib.compressobj(level, zlib.DEFLATED, -15)
                if packed(path, part) != deflate.compress(book.read(part)) + deflate.flush():
                    print(f"{path}: {part.filename} is of another level than {level}")
                    wrong = 1
    return wrong


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), *sys.argv[2:]))
