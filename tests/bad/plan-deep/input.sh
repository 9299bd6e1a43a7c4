{ echo '<plan xmlns="urn:kehoach:plan:1"><title>x</title>'; head -c 60 /dev/zero | sed 's/\x00/<section title="a">/g'; head -c 60 /dev/zero | sed 's/\x00/<\/section>/g'; echo '</plan>'; } > plan.xml
