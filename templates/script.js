"use strict";
const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));
const rank = { critical: 4, high: 3, medium: 2, low: 1, none: 0 };
const make = (name, properties) => Object.assign(document.createElement(name), properties);

// Tables: a click on a column's title sorts by it, and long ones get a filter.
for (const table of all("main table:not(.heat)")) {
  const body = table.tBodies[0];
  if (!table.tHead || !body) continue;
  const heads = Array.from(table.tHead.rows[0].cells);
  label(table, heads.map((head) => head.textContent.trim()));
  if (body.rows.length < 2) continue;
  const text = (row, column) => row.cells[column]?.textContent.trim() ?? "";
  heads.forEach((head, column) => {
    if (!head.textContent.trim()) return;
    const button = make("button", { type: "button" });
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const isUp = head.getAttribute("aria-sort") !== "ascending";
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", isUp ? "ascending" : "descending");
      const compare = (one, other) => {
        const [a, b] = [text(one, column), text(other, column)];
        if (a in rank && b in rank) return rank[a] - rank[b];
        const difference = Number.parseFloat(a) - Number.parseFloat(b);
        const isNumber = head.classList.contains("number") && !Number.isNaN(difference);
        return isNumber ? difference : a.localeCompare(b, "en", { numeric: true });
      };
      body.append(...Array.from(body.rows).sort((a, b) => (isUp ? compare(a, b) : compare(b, a))));
    });
  });
  if (body.rows.length < 10) continue;
  const filter = make("label", { className: "filter" });
  filter.append("Filter ", make("input", { type: "search" }));
  table.parentElement.before(filter);
  filter.addEventListener("input", ({ target }) => {
    const wanted = target.value.toLowerCase();
    for (const row of body.rows) row.hidden = !row.textContent.toLowerCase().includes(wanted);
  });
}

// On a narrow screen rows are stacked: each cell says its column, and stays a cell whatever it looks like.
function label(table, titles) {
  const roles = { TABLE: "table", THEAD: "rowgroup", TBODY: "rowgroup", TR: "row", TH: "columnheader", TD: "cell" };
  for (const part of [table, ...all("*", table)]) if (roles[part.tagName]) part.role = roles[part.tagName];
  for (const cell of all("td", table)) if (titles[cell.cellIndex]) cell.dataset.label = titles[cell.cellIndex];
  table.classList.add("stacks");
}

// A row that scrolls sideways shows what has the focus.
const reveal = (target, strip) => {
  const left = target.offsetLeft - strip.offsetLeft;
  const isSeen = left >= strip.scrollLeft && left + target.offsetWidth <= strip.scrollLeft + strip.clientWidth - 32;
  if (!isSeen) strip.scrollLeft = left - 40;
};
addEventListener("focusin", ({ target }) => {
  const strip = target.closest(".bar nav, .chips");
  if (strip && target.matches(":focus-visible")) reveal(target, strip);
});

// The bar says which part is being read.
const nav = document.querySelector(".bar nav");
const watcher = new IntersectionObserver((entries) => {
  const part = entries.find((entry) => entry.isIntersecting)?.target;
  for (const link of part ? all("a", nav) : []) {
    link.ariaCurrent = link.hash === "#" + part.id ? "true" : null;
    if (link.ariaCurrent) reveal(link, nav);
  }
}, { rootMargin: "-20% 0px -75%" });
if (nav) for (const part of all("main .part")) watcher.observe(part);

// Code to use has a button that copies it; without a clipboard it is selected and copied as by hand.
for (const block of all(".code")) {
  const code = block.querySelector("code");
  const button = make("button", { type: "button", className: "copy", textContent: "Copy" });
  block.prepend(button);
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(code.textContent);
      button.textContent = "Copied";
    } catch {
      getSelection().selectAllChildren(code);
      button.textContent = document.execCommand("copy") ? "Copied" : "Selected";
    }
    setTimeout(() => (button.textContent = "Copy"), 2000);
  });
}

// What is folded is open on paper, and as before afterwards.
let folded = [];
addEventListener("beforeprint", () => (folded = all("details:not([open])")).forEach((one) => (one.open = true)));
addEventListener("afterprint", () => folded.forEach((one) => (one.open = false)));

// Findings: chips and a search, kept in the address.
const bar = document.querySelector(".filters");
if (bar) {
  const [search, tally, clear, unfold] = ["input", ".tally", ".clear", ".unfold"].map((name) => bar.querySelector(name));
  const cards = all(".findings .card");
  const texts = cards.map((card) => card.textContent.toLowerCase());
  const filters = all(".chips", bar).map((element) => {
    const name = element.dataset.filter;
    const label = (button) => button.querySelector(".label").textContent.trim();
    const options = all("button", element).map((button) => ({ button, value: button.dataset.value, text: label(button) }));
    return { element, name, options, chosen: new Set(), values: cards.map((card) => card.dataset[name].split(" ")) };
  });
  for (const { element, options, chosen } of filters) {
    for (const { button, value } of options) {
      button.addEventListener("click", () => {
        if (!chosen.delete(value)) chosen.add(value);
        apply();
      });
    }
    if (options.length <= 8) continue;
    // Many options are a list to choose from instead of chips.
    const select = make("select", { ariaLabel: element.ariaLabel });
    for (const option of options) option.entry = new Option(option.text, option.value);
    select.append(new Option("all", ""), ...options.map(({ entry }) => entry));
    element.replaceChildren(element.firstElementChild, select);
    select.addEventListener("change", () => {
      chosen.clear();
      if (select.value) chosen.add(select.value);
      apply();
    });
  }
  // Shows what matches. An option counts what it would show beside the choices in the other filters.
  const show = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const counts = new Map(filters.map((filter) => [filter, {}]));
    cards.forEach((card, index) => {
      const isFound = words.every((word) => texts[index].includes(word));
      const isMissed = ({ chosen, values }) => chosen.size > 0 && !values[index].some((value) => chosen.has(value));
      const misses = filters.filter(isMissed);
      card.hidden = !isFound || misses.length > 0;
      for (const filter of isFound ? filters : []) {
        const count = counts.get(filter);
        const values = misses.every((miss) => miss === filter) ? filter.values[index] : [];
        for (const value of values) count[value] = (count[value] ?? 0) + 1;
      }
    });
    for (const filter of filters) {
      for (const { button, value, text, entry } of filter.options) {
        const count = counts.get(filter)[value] ?? 0;
        button.ariaPressed = String(filter.chosen.has(value));
        button.querySelector(".count").textContent = count;
        if (entry) Object.assign(entry, { text: `${text} (${count})`, selected: filter.chosen.has(value) });
      }
    }
    const shown = cards.filter((card) => !card.hidden).length;
    clear.hidden = words.length === 0 && filters.every(({ chosen }) => chosen.size === 0);
    tally.textContent = (clear.hidden ? "" : `${shown} of `) + `${cards.length} findings`;
    document.querySelector(".findings .nothing").hidden = shown > 0;
  };
  // A host is called by its name in the address, everything else by its value.
  const word = (name, { value, text }) => (name === "host" ? text : value);
  const apply = () => {
    const query = new URLSearchParams();
    for (const { name, options, chosen } of filters) {
      for (const option of options) if (chosen.has(option.value)) query.append(name, word(name, option));
    }
    if (search.value.trim()) query.append("q", search.value.trim());
    history.replaceState(null, "", `#findings?${query}`.replace(/\?$/, ""));
    show();
  };
  const restore = () => {
    const [, place, text] = location.hash.match(/^(#[^?]*)\??(.*)/) ?? [];
    if (place !== "#findings") return show();
    const query = new URLSearchParams(text);
    for (const { name, options, chosen } of filters) {
      chosen.clear();
      for (const option of options) if (query.getAll(name).includes(word(name, option))) chosen.add(option.value);
    }
    search.value = query.get("q") ?? "";
    show();
    if (text) document.getElementById("findings")?.scrollIntoView();
  };
  search.setAttribute("aria-keyshortcuts", "/");
  search.addEventListener("input", apply);
  const empty = (lists) => {
    for (const { chosen } of lists) chosen.clear();
    search.value = "";
    apply();
    search.focus();
  };
  search.addEventListener("keydown", ({ key }) => key === "Escape" && empty([]));
  clear.addEventListener("click", () => empty(filters));
  unfold.addEventListener("click", () => {
    const isOpen = unfold.ariaPressed !== "true";
    unfold.ariaPressed = String(isOpen);
    for (const card of cards) card.open = isOpen;
  });
  addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.("input, select")) return;
    event.preventDefault();
    search.focus();
  });
  addEventListener("hashchange", restore);
  bar.hidden = false;
  restore();
}
