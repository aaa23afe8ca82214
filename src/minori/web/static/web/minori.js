// Keyboard and small comforts; every page works without this file.
(() => {
  "use strict";
  const typing = (target) => target.closest("input, textarea, select, [contenteditable]");
  let going = false;

  const rows = () => [...document.querySelectorAll("[data-row]")].filter((row) => row.offsetParent !== null);
  const move = (by) => {
    const every = rows();
    if (!every.length) return;
    const here = every.findIndex((row) => row.classList.contains("here"));
    const next = every[Math.min(Math.max(here + by, 0), every.length - 1)];
    every.forEach((row) => row.classList.remove("here"));
    next.classList.add("here");
    next.scrollIntoView({ block: "nearest" });
    (next.querySelector("a, button, summary") || next).focus({ preventScroll: true });
  };

  // What opens by a key goes on by keys: the first field of what was opened is where one is.
  const press = (button) => {
    button.click();
    if (button.tagName !== "SUMMARY") return;
    const field = button.parentElement.querySelector("input:not([type=hidden]), select, textarea, button");
    (field || button).focus();
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (going) {
      going = false;
      const link = [...document.querySelectorAll("[data-go]")].find((one) => one.dataset.go === event.key);
      if (link) { event.preventDefault(); link.click(); }
      return;
    }
    const search = document.querySelector("[data-search]");
    if (event.key === "g") going = true;
    else if (event.key === "?") document.getElementById("keys").showModal();
    else if (event.key === "/" && search) { event.preventDefault(); search.focus(); }
    else if (event.key === "j") move(1);
    else if (event.key === "k") move(-1);
    else if (document.querySelector(".here [data-key]")) {
      const button = document.querySelector(`.here [data-key="${CSS.escape(event.key)}"]`);
      if (button) { event.preventDefault(); press(button); }
    }
  });

  document.addEventListener("click", (event) => {
    document.querySelectorAll(".mine[open], .columns[open], .save-view[open]").forEach((open) => {
      if (!open.contains(event.target)) open.removeAttribute("open");
    });
    const print = event.target.closest("[data-print]");
    if (print) window.print();
  });

  // A job that ended reloads the page that waits for it.
  document.addEventListener("htmx:afterSwap", () => {
    const waiting = document.querySelector("[data-reload-when-done]");
    if (waiting && waiting.querySelector('[data-job="done"]')) window.location.reload();
  });
  document.addEventListener("submit", (event) => {
    const asked = event.submitter && event.submitter.dataset.confirm;
    if (asked && !window.confirm(asked)) event.preventDefault();
  });
})();
