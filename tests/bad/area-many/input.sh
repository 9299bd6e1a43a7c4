# 18.000 names, each a letter away from one of the other file.
/usr/bin/python3 - <<'EOF2'
syllables = "an bac binh cao chau dong duc gia ha hai hoa hung kim lam long loc minh nam ngoc phu phuc quang son tan tay thanh".split()
names = [f"Thôn {a} {b} {c}" for a in syllables for b in syllables for c in syllables + ["x" * 5, "y" * 5]][:18000]
head = "Thôn,Số hộ,Hộ nghèo\n"
open("data.csv", "w").write(head + "".join(f"{n},1,0\n" for n in names))
open("nam-truoc.csv", "w").write(head + "".join(f"{n}q,1,0\n" for n in names))
EOF2
