// A slider over rows that are on the page already: nothing is asked of the server while it moves.
(() => {
  "use strict";
  document.querySelectorAll("[data-slider]").forEach((slider) => {
    const range = slider.querySelector("[data-range]");
    const out = slider.querySelector("[data-out]");
    const rows = [...slider.querySelectorAll("tbody tr")];
    const heads = [...slider.querySelectorAll("thead th")].map((head) => head.textContent.trim());
    const show = () => {
      const row = rows[Number(range.value)];
      if (!row) return;
      rows.forEach((other) => other.classList.toggle("picked", other === row));
      out.textContent = [...row.children].slice(0, 6).map((cell, place) => `${heads[place]} ${cell.textContent.replace(/\s+/g, " ").trim()}`).join(" · ");
      const box = row.closest(".scroll");
      box.scrollTop = row.offsetTop - box.clientHeight / 2;
    };
    range.addEventListener("input", show);
    slider.querySelector(".slide").hidden = false;
    show();
  });
})();
