/usr/bin/python3 - <<'END'
import xlsx

space = "http://schemas.openxmlformats.org/markup-compatibility/2006"
row = xlsx.row(5, ["Thôn 4", 100, 5])
xlsx.write(sheet1=xlsx.sheet(xlsx.rows() + f'<mc:AlternateContent xmlns:mc="{space}"><mc:Choice Requires="x14">{row}</mc:Choice></mc:AlternateContent>'))
END
