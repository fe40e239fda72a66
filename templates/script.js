"use strict";
for (const table of document.querySelectorAll("main table")) {
  const body = table.tBodies[0];
  if (!table.tHead || !body || body.rows.length < 2) continue;
  const text = (row, column) => (row.cells[column] ? row.cells[column].textContent.trim() : "");
  Array.from(table.tHead.rows[0].cells).forEach((head, column) => {
    if (!head.textContent.trim()) return;
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const isUp = head.getAttribute("aria-sort") !== "ascending";
      for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", isUp ? "ascending" : "descending");
      const rank = { critical: 4, high: 3, medium: 2, low: 1 };
      const compare = (one, other) => {
        const [a, b] = [text(one, column), text(other, column)];
        if (a in rank && b in rank) return rank[a] - rank[b];
        const [x, y] = [Number.parseFloat(a), Number.parseFloat(b)];
        const isNumber = head.classList.contains("number") && !Number.isNaN(x) && !Number.isNaN(y);
        return isNumber ? x - y : a.localeCompare(b, "en", { numeric: true });
      };
      const rows = Array.from(body.rows).sort(compare);
      body.append(...(isUp ? rows : rows.reverse()));
    });
  });
  if (body.rows.length < 10) continue;
  const label = document.createElement("label");
  label.className = "filter";
  const input = document.createElement("input");
  input.type = "search";
  label.append("Filter ", input);
  table.parentElement.before(label);
  input.addEventListener("input", () => {
    const wanted = input.value.toLowerCase();
    for (const row of body.rows) row.hidden = !row.textContent.toLowerCase().includes(wanted);
  });
}
