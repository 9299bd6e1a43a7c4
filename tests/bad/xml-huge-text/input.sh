{ printf "<so-lieu><thon><area>"; head -c 20000000 /dev/zero | tr "\0" a; printf "</area></thon></so-lieu>"; } > data.xml
