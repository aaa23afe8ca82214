// One tick for all rows; without script each row has its own.
(() => {
  "use strict";
  const all = document.querySelector("[data-choose-all]");
  if (!all) return;
  all.hidden = false;
  all.addEventListener("change", () => {
    document.querySelectorAll('input[name="proposal"]').forEach((one) => { one.checked = all.checked; });
  });
})();
