"""States of batches with the checksum at their end, as kehoach batch reads them."""
import hashlib
import json


def put(path, state):
    put_text(path, json.dumps(state)[:-1])


def put_text(path, text):
    """text: an object without its closing brace."""
    with open(path, "w", encoding="utf-8") as f:
        f.write(f'{text},"check":"{hashlib.sha256(text.encode()).hexdigest()}"}}\n')
