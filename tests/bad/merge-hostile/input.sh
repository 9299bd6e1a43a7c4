# States of parts as nobody writes them: each is told, none is believed.
python3 - <<'P'
import json
import sealed
good = {"job": "mau", "program": "kehoach 0.1.0", "options": "pdf xlsx json ", "part": {"k": 1, "n": 9, "from": "job.xml", "arguments": [], "made": 1, "findings": 0},
        "lost": 0, "figures": [], "shown": 0, "index": {"key": "", "files": []}, "inputs": [], "uses": [], "areas": []}
def put(k, change, n=9):
    state = json.loads(json.dumps(good))
    state["part"]["k"] = k
    change(state)
    sealed.put(f"batch.{k}-of-{n}.json", state)
put(1, lambda s: s["part"].update(k=2))
put(2, lambda s: s["part"].update(n=2 ** 40))
put(3, lambda s: s["part"].update(made=-1))
put(4, lambda s: s["part"].update(arguments=["-o"] * 1000))
put(5, lambda s: s.pop("part"))
put(6, lambda s: s.update(areas=[{"code": "1"}] * 5))
put(7, lambda s: s.update(part=[1, 2]))
sealed.put_text("batch.8-of-9.json", '{"a":' + "[" * 100000)
with open("batch.9-of-9.json", "wb") as f:
    f.write(b"\xff\xfe\0" * 1000)
P
