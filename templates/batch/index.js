(function () {
  "use strict";
  function plain(s) {
    return s.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase();
  }
  var search = document.getElementById("search");
  var state = document.getElementById("state");
  var shown = document.getElementById("shown");
  var rows = Array.prototype.map.call(document.querySelectorAll("tbody tr"), function (row) {
    return { row: row, text: plain(row.cells[0].textContent + " " + row.cells[1].textContent + " " + row.cells[2].textContent),
             state: row.className };
  });
  function show() {
    var words = plain(search.value).split(/\s+/).filter(Boolean);
    var n = 0;
    rows.forEach(function (r) {
      var is = (!state.value || r.state === state.value) && words.every(function (w) { return r.text.indexOf(w) >= 0; });
      r.row.hidden = !is;
      n += is;
    });
    shown.textContent = shown.dataset.text.replace("#", n.toLocaleString("vi-VN"));
  }
  search.addEventListener("input", show);
  state.addEventListener("change", show);
  document.querySelector("form").addEventListener("submit", function (e) { e.preventDefault(); });
  document.querySelector("form").hidden = false;
  show();
}());
