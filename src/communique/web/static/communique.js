// Comfort only: every page works without this.
"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const typing = (target) => target.closest("input:not([type=radio]), textarea, select, [contenteditable]");

  // One key decides, as on the buttons; z takes back. "/" goes to the search.
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    if (event.key === "/") {
      event.preventDefault();
      document.getElementById("q").focus();
      return;
    }
    const place = all("[data-key]").find((one) => one.dataset.key === event.key && !one.disabled);
    if (!place) return;
    event.preventDefault();
    if (place.matches("input[type=radio]")) place.checked = true;
    else if (place.matches("select")) place.focus();
    else place.click();
  });

  // A filter over the rows of a long table.
  for (const table of all("table[data-filter]")) {
    const rows = all("tbody tr", table);
    if (rows.length < 12) continue;
    const filter = Object.assign(document.createElement("input"), { type: "search", className: "live", placeholder: "Filter these rows" });
    filter.setAttribute("aria-label", "Filter these rows");
    const home = table.closest(".scroll") || table;
    home.before(filter);
    filter.addEventListener("input", () => {
      const words = filter.value.toLowerCase().split(/\s+/);
      for (const row of rows) {
        const text = row.textContent.toLowerCase();
        row.hidden = !words.every((word) => text.includes(word));
      }
    });
  }

  // On a document, a record lights up its words, and words their record.
  const marks = all("mark[data-r]");
  const light = (id) => {
    for (const mark of marks) {
      const own = id && mark.dataset.r.split(" ").includes(id);
      mark.classList.toggle("lit", Boolean(own));
      mark.classList.toggle("dim", Boolean(id) && !own);
    }
  };
  const chosen = new URLSearchParams(location.search).get("record");
  for (const record of all("[data-record]")) {
    record.addEventListener("mouseenter", () => light(record.dataset.record));
    record.addEventListener("mouseleave", () => light(chosen));
  }

  // Copy a citation.
  for (const words of all("[data-copy]")) {
    if (!navigator.clipboard) break;
    const button = Object.assign(document.createElement("button"), { type: "button", className: "copy", textContent: "Copy" });
    button.addEventListener("click", () => {
      navigator.clipboard.writeText(words.textContent.trim()).then(() => { button.textContent = "Copied"; }, () => { button.textContent = "Not allowed"; });
    });
    words.after(button);
  }

  // Files dropped anywhere on the form.
  for (const form of all("form[data-drop]")) {
    const input = form.querySelector("input[type=file]");
    const place = form.querySelector(".drop");
    const over = (on) => (event) => { event.preventDefault(); place.classList.toggle("over", on); };
    form.addEventListener("dragover", over(true));
    form.addEventListener("dragleave", over(false));
    form.addEventListener("drop", (event) => {
      over(false)(event);
      if (event.dataTransfer.files.length) input.files = event.dataTransfer.files;
    });
  }

  // How far a reading is.
  for (const job of all("[data-job]")) {
    if (!job.querySelector("progress")) continue;
    const look = async () => {
      const found = await fetch(`/read/${job.dataset.job}.json`, { cache: "no-store" });
      if (!found.ok) return;
      const state = await found.json();
      job.querySelector("[data-stage]").textContent = state.stage;
      job.querySelector("[data-documents]").textContent = `${state.documents} document${state.documents === 1 ? "" : "s"}`;
      if (state.done) location.reload();
      else setTimeout(look, 500);
    };
    setTimeout(look, 300);
  }

  // On a phone the facets begin folded, the page one is on is seen in the bar, and a network begins at its middle.
  const here = document.querySelector(".nav [aria-current]");
  if (here) here.parentElement.scrollLeft = here.offsetLeft - here.parentElement.clientWidth / 3;
  for (const one of all(".picture.network .scroll")) one.scrollLeft = (one.scrollWidth - one.clientWidth) / 2;
  if (matchMedia("(max-width: 60rem)").matches) for (const fold of all("details.fold")) fold.open = false;
})();
