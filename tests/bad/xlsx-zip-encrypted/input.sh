/usr/bin/python3 - <<'END'
import xlsx

def edit(data, local, central):
    data[local[3] + 6] |= 1
    data[central[3] + 8] |= 1


xlsx.write()
xlsx.change(edit)
END
