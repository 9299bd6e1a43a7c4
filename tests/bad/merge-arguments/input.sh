# A state may not give other options than those that change what is made.
python3 - <<'P'
import sealed
sealed.put("batch.1-of-1.json", {"job": "mau", "program": "kehoach 0.1.0", "options": "pdf xlsx json ",
                                 "part": {"k": 1, "n": 1, "from": "job.xml", "arguments": ["-o", "/etc", "--templates=/tmp", "--draft=1", "--", "x"], "made": 0, "findings": 0},
                                 "lost": 0, "figures": [], "shown": 0, "index": {"key": "", "files": []}, "inputs": [], "uses": [], "areas": []})
P
