"""The index of a batch in headless Chromium: batch_index.py BATCH. Its rows, what the search shows, links that lead somewhere, nothing
from elsewhere."""
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


def main(batch):
    with open(f"{batch}/index.html", encoding="utf-8") as f:
        page = f.read()
    links = re.findall(r'href="([^"]*)"', page)
    assert len(links) == 16 and sum(x.startswith("summary/") for x in links) == 4 and all(os.path.isfile(f"{batch}/{html.unescape(x)}") for x in links), links
    assert not re.search(r"https?://|src=|@import|url\(", page), "something from elsewhere"
    with tempfile.TemporaryDirectory() as folder:
        with open(f"{folder}/index.html", "w", encoding="utf-8") as f:
            f.write(page.replace("</body>", ASK + "</body>"))
        dom = subprocess.run(["chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/profile",
                              "--host-resolver-rules=MAP * ~NOTFOUND", "--dump-dom", f"file://{folder}/index.html"],
                             capture_output=True, text=True, timeout=120, check=True).stdout
    said = json.loads(html.unescape(re.search(r"<title>(.*?)</title>", dom, re.S)[1]))
    codes = ["90001", "90002", "90003", "90011", "90012", "90013"]
    want = {"all": codes, "name": ["90002"], "upper": ["90013"], "code": ["90012"], "both": ["90011"], "none": [],
            "shown": "Đang hiện 0 đơn vị", "failed": [], "done": codes, "form": True, "lang": "vi", "names": 6, "unnamed": 0,
            "labels": 2, "loaded": 0}
    for key, value in want.items():
        assert said[key] == value, (key, said[key], value)
    assert all(h.startswith("col ") for h in said["heads"]) and len(said["heads"]) == 10, said["heads"]


main(sys.argv[1])
