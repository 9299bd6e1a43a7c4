mkdir -p old/a old/b old/c new/a new/b new/c
echo '{"job":"mau","tables":[],"texts":[]}' | tee old/a/figures.json old/b/figures.json >old/c/figures.json
python3 -c 'print("[" * 1000000)' >new/a/figures.json
python3 -c 'print("{\"job\":\"mau\",\"tables\":" + "[" * 2000 + "]" * 2000 + ",\"texts\":[]}")' >new/b/figures.json
truncate -s 70M new/c/figures.json
