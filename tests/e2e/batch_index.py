"""The index of a batch in headless Chromium: its rows, what the search shows, links that lead somewhere, nothing from elsewhere.

  batch_index.py plain BATCH    of tests/fixtures
  batch_index.py names FOLDER   gives areas of the job there names that mean something to a browser, and takes away the rows of one
  batch_index.py hostile BATCH  its index: they are names and nothing else, and are found by what stands in them
"""
import csv
import html
import json
import os
import re
import subprocess
import sys
import tempfile

ASK = """
<script>
(function () {
  var search = document.getElementById("search"), state = document.getElementById("state");
  function ask(words, choice) {
    search.value = words; state.value = choice;
    search.dispatchEvent(new Event("input")); state.dispatchEvent(new Event("change"));
    return Array.prototype.filter.call(document.querySelectorAll("tbody tr"), function (r) { return r.offsetParent !== null; })
      .map(function (r) { return r.cells[0].textContent; });
  }
  var said = {
    all: ask("", ""), name: ask("hoa loc", ""), upper: ask("ĐÔNG hưng", ""), code: ask("90012", ""), both: ask("an binh nam", ""),
    none: ask("xyz", ""), shown: document.getElementById("shown").textContent, failed: ask("", "failed"), done: ask("", "done"),
    form: !document.querySelector("form").hidden, lang: document.documentElement.lang,
    heads: Array.prototype.map.call(document.querySelectorAll("thead th"), function (h) { return h.scope + " " + h.textContent; }),
    names: document.querySelectorAll("tbody th[scope=row]").length,
    unnamed: document.querySelectorAll("a:not([aria-label]), input:not([id=search]), select:not([id=state])").length,
    labels: document.querySelectorAll("label[for=search], label[for=state]").length,
    loaded: performance.getEntriesByType("resource").length
  };
  document.title = JSON.stringify(said);
}());
</script>
"""


ASK_HOSTILE = """
<script>
(function () {
  var search = document.getElementById("search"), state = document.getElementById("state");
  function rows() {
    return Array.prototype.filter.call(document.querySelectorAll("tbody tr"), function (r) { return r.offsetParent !== null; });
  }
  function ask(words, choice) {
    search.value = words; state.value = choice;
    search.dispatchEvent(new Event("input")); state.dispatchEvent(new Event("change"));
    return rows().map(function (r) { return r.cells[0].textContent; });
  }
  ask("", "");
  var said = {
    names: rows().map(function (r) { return [r.cells[0].textContent, r.cells[1].textContent, r.cells[2].textContent]; }),
    found: WORDS.map(function (w) { return ask(w, ""); }), failed: ask("", "failed"), done: ask("", "done"), both: ask("phuong", "failed"),
    hit: window.hit === undefined, headings: document.querySelectorAll("h1").length,
    strange: document.querySelectorAll("tbody :not(tr, th, td, a, span), thead :not(tr, th), section :not(h2, ul, li, a, span)").length,
    links: Array.prototype.map.call(document.querySelectorAll("tbody tr.failed a"), function (a) { return a.getAttribute("href"); }),
    labels: Array.prototype.map.call(document.querySelectorAll("tbody a[aria-label]"), function (a) { return a.getAttribute("aria-label"); }),
    heads: Array.prototype.map.call(document.querySelectorAll("thead th"), function (h) { return h.textContent; }),
    form: !document.querySelector("form").hidden, loaded: performance.getEntriesByType("resource").length
  };
  document.title = JSON.stringify(said).replace(/</g, "\\u003c");
}());
</script>
"""

# Code -> its name, and words that nobody else's has.
HOSTILE = {
    "90001": ('xã <script>window.hit=1</script> "Một"', '<script>'),
    "90002": ("xã 'Hòa' & \"Lộc\" &lt;b&gt;", '& "loc" &lt;'),
    "90003": ("phường \u200fTrái\u200e Mỹ", "phuong trai"),
    "90011": ("xã </td></tr></table><img src=x onerror=window.hit=1>", "</TABLE>"),
    "90012": ("xã `${window.hit=1}`\\' onmouseover='window.hit=1", "`${"),
    "90013": ("phường <i>Đông</i> & Hưng", "<i>đông</i>"),
}
HEADING = '<b>"Số hộ" & \'khác\'</b>'


def names(folder):
    with open(f"{folder}/xa.csv", encoding="utf-8") as f:
        rows = list(csv.reader(f, delimiter=";"))
    for row in rows[1:]:
        row[2] = HOSTILE[row[1]][0]
    with open(f"{folder}/xa.csv", "w", encoding="utf-8") as f:
        csv.writer(f, delimiter=";", lineterminator="\n").writerows(rows)
    with open(f"{folder}/chi-tieu.csv", encoding="utf-8") as f:
        lines = [line for line in f if not line.startswith("90013;")]
    with open(f"{folder}/chi-tieu.csv", "w", encoding="utf-8") as f:
        f.writelines(lines)
    with open(f"{folder}/batch.xml", encoding="utf-8") as f:
        job = f.read()
    with open(f"{folder}/batch.xml", "w", encoding="utf-8") as f:
        f.write(job.replace('label="Số hộ"', f'label="{html.escape(HEADING)}"'))


def browsed(page, script):
    """What the script says of the page."""
    with tempfile.TemporaryDirectory() as folder:
        with open(f"{folder}/index.html", "w", encoding="utf-8") as f:
            f.write(page.replace("</body>", script + "</body>"))
        dom = subprocess.run(["chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/profile",
                              "--host-resolver-rules=MAP * ~NOTFOUND", "--dump-dom", f"file://{folder}/index.html"],
                             capture_output=True, text=True, timeout=120, check=True).stdout
    return json.loads(html.unescape(re.search(r"<title>(.*?)</title>", dom, re.S)[1]))


def harmless(name):
    """Marks of direction are no letters; such as turn the order round are refused when the list is read."""
    return re.sub("[\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", name)


def hostile(batch):
    with open(f"{batch}/index.html", encoding="utf-8") as f:
        page = f.read()
    words = json.dumps([w for _, w in HOSTILE.values()]).replace("<", "\\u003c")
    said = browsed(page, ASK_HOSTILE.replace("WORDS", words))
    codes = list(HOSTILE)
    assert [[c, harmless(n)] for c, n, _ in said["names"]] == [[c, harmless(HOSTILE[c][0])] for c in codes], said["names"]
    assert not re.search("[\u200e\u200f\u202a-\u202e\u2066-\u2069]", page), "a mark of direction"
    assert said["found"] == [[c] for c in codes], said["found"]
    assert said["failed"] == ["90013"] and said["done"] == codes[:-1] and said["both"] == ["90013"], said
    assert said["links"] == [] and len(said["labels"]) == 10, said
    assert all(any(harmless(HOSTILE[c][0]) in x for x in said["labels"]) for c in codes[:-1]), said["labels"]
    assert HEADING in said["heads"], said["heads"]
    assert said["hit"] and said["strange"] == 0 and said["headings"] == 1 and said["form"] and said["loaded"] == 0, said


def plain(batch):
    with open(f"{batch}/index.html", encoding="utf-8") as f:
        page = f.read()
    links = re.findall(r'href="([^"]*)"', page)
    assert len(links) == 16 and sum(x.startswith("summary/") for x in links) == 4 and all(os.path.isfile(f"{batch}/{html.unescape(x)}") for x in links), links
    assert not re.search(r"https?://|src=|@import|url\(", page), "something from elsewhere"
    said = browsed(page, ASK)
    codes = ["90001", "90002", "90003", "90011", "90012", "90013"]
    want = {"all": codes, "name": ["90002"], "upper": ["90013"], "code": ["90012"], "both": ["90011"], "none": [],
            "shown": "Đang hiện 0 đơn vị", "failed": [], "done": codes, "form": True, "lang": "vi", "names": 6, "unnamed": 0,
            "labels": 2, "loaded": 0}
    for key, value in want.items():
        assert said[key] == value, (key, said[key], value)
    assert all(h.startswith("col ") for h in said["heads"]) and len(said["heads"]) == 10, said["heads"]


{"plain": plain, "names": names, "hostile": hostile}[sys.argv[1]](sys.argv[2])
