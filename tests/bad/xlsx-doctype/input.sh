/usr/bin/python3 - <<'END'
import xlsx

xlsx.write(sheet1='<!DOCTYPE worksheet SYSTEM "file:///etc/passwd">' + xlsx.sheet())
END
