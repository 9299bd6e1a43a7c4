/usr/bin/python3 - <<'END'
import xlsx

many = "".join(f' a{i}="1"' for i in range(100000))
xlsx.write(sheet1=xlsx.sheet(f"<row{many}/>"))
END
