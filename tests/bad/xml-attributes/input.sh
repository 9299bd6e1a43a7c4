{ printf '<so-lieu><thon'; i=0; while [ $i -lt 100000 ]; do echo " a$i=\"1\""; i=$((i + 1)); done; printf '/></so-lieu>'; } | tr -d '\n' > data.xml
