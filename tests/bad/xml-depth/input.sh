{ head -c 5000 /dev/zero | sed 's/\x00/<a>/g'; head -c 5000 /dev/zero | sed 's/\x00/<\/a>/g'; } > data.xml
