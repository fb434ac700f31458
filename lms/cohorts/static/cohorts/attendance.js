/* Comfort for <form data-att>: find while typing, keys, and a word before ticks are left behind. Without this
   file the list, the search and the buttons work all the same. ES2017. */
(function () {
  "use strict";
  const form = document.querySelector("form[data-att]");
  if (!form) return;
  const rows = [...form.querySelectorAll("[data-att-row]")];
  const search = document.querySelector("[data-att-search]");
  const rest = form.querySelector("[data-att-rest]");
  const plain = (text) => text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f]/g, "");
  const field = search && search.querySelector("input");
  let changed = false;
  let keep = () => {};

  if (search) {
    const found = search.querySelector("[data-att-found]");
    keep = () => {
      const words = plain(field.value).split(/\s+/).filter(Boolean);
      let shown = 0;
      for (const row of rows) {
        const text = plain(row.dataset.attRow);
        row.hidden = !words.every((word) => text.includes(word));
        if (!row.hidden) shown += 1;
      }
      found.textContent = words.length ? found.dataset.words.replace("{n}", shown).replace("{all}", rows.length) : "";
      // "Everybody else" would reach people whom one does not see.
      if (rest) rest.disabled = words.length > 0;
    };
    field.addEventListener("input", keep);
    search.addEventListener("submit", (event) => {
      event.preventDefault();
      const first = rows.find((row) => !row.hidden);
      if (first) go(first);
    });
    // What the server has searched for already stays as it is.
    if (!field.value) keep();
  }

  function go(row) {
    const input = row.querySelector("input:checked[type=radio]") || row.querySelector("input[type=radio]");
    input.focus();
    row.scrollIntoView({ block: "center" });
  }

  function step(row, by) {
    const shown = rows.filter((each) => !each.hidden);
    const other = shown[shown.indexOf(row) + by];
    if (other) go(other);
  }

  // After a tick: the next person, or the search for the next one who comes to the table.
  function next(row) {
    if (!field || !field.value) return step(row, 1);
    field.value = "";
    keep();
    field.focus();
  }

  const KEYS = { h: "hadir", t: "terlambat", i: "izin", s: "sakit", a: "alpa" };
  form.addEventListener("keydown", (event) => {
    const row = event.target.closest("[data-att-row]");
    if (!row || event.target.type !== "radio" || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      step(row, event.key === "ArrowDown" ? 1 : -1);
    } else if (KEYS[event.key.toLowerCase()]) {
      event.preventDefault();
      row.querySelector('input[value="' + KEYS[event.key.toLowerCase()] + '"]').checked = true;
      changed = true;
      next(row);
    }
  });
  form.addEventListener("input", () => { changed = true; });
  form.addEventListener("submit", () => { changed = false; });
  window.addEventListener("beforeunload", (event) => {
    if (!changed) return;
    event.preventDefault();
    event.returnValue = "";
  });
})();
