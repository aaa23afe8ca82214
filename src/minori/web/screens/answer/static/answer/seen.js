// A program that opens links in mail does not move, scroll or type; only what a person does counts as having looked.
"use strict";
(() => {
  const signs = ["pointermove", "touchstart", "keydown", "scroll"];
  const tell = () => {
    for (const sign of signs) removeEventListener(sign, tell);
    fetch(`${location.pathname}seen/`, { method: "POST", keepalive: true, credentials: "omit" });
  };
  for (const sign of signs) addEventListener(sign, tell, { passive: true });
})();
