// What a key opened is ready to be typed into, and Escape puts it away; without script a click does the same.
(() => {
  "use strict";
  document.querySelectorAll("details.pop").forEach((pop) => {
    pop.addEventListener("toggle", () => {
      if (!pop.open) return;
      document.querySelectorAll("details.pop[open]").forEach((other) => { if (other !== pop) other.open = false; });
      const first = pop.querySelector("select, input:not([type=hidden]), textarea, button");
      if (first) first.focus();
    });
    pop.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      pop.open = false;
      pop.querySelector("summary").focus();
    });
  });
})();
