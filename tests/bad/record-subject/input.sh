/usr/bin/python3 - <<'P'
text = open("plan.xml", encoding="utf-8").read()
start = text.index("<title>") + len("<title>")
open("plan.xml", "w", encoding="utf-8").write(text[:start] + "Giảm nghèo " * 50 + text[start:])
P
