/usr/bin/python3 - <<'END'
import xlsx

def edit(data, local, central):
    end = data.rindex(b"PK\5\6")
    data[end + 16:end + 20] = b"\xff" * 4
    data[end:end] = b"PK\6\6" + bytes(20) + b"\4" + bytes(7) + b"\4" + bytes(7) + b"\xff" * 16 + b"PK\6\7" + bytes(4) + end.to_bytes(8, "little") + bytes(4)


xlsx.write()
xlsx.change(edit)
END
