// Nobody touches the kiosk for a minute: ask; for a minute and a half: wipe. Whoever types keeps the server awake.
"use strict";
(() => {
  const WARN = 60, WIPE = 90, TELL = 20;
  const counts = document.querySelector("[data-counts]");
  if (counts) fetch(counts.action, { method: "POST", body: new FormData(counts) });
  const wipe = document.querySelector("[data-wipe]");
  if (!wipe) return;
  const here = document.querySelector("[data-here]");
  const warning = document.querySelector("[data-warning]");
  const left = document.querySelector("[data-left]");
  let touched = Date.now(), told = Date.now();
  const touch = () => {
    touched = Date.now();
    warning.hidden = true;
    if (here && touched - told > TELL * 1000) {
      told = touched;
      fetch(here.action, { method: "POST", body: new FormData(here), redirect: "manual" });
    }
  };
  for (const kind of ["pointerdown", "keydown", "input", "scroll"]) addEventListener(kind, touch, { passive: true });
  setInterval(() => {
    const idle = (Date.now() - touched) / 1000;
    if (idle >= WIPE) wipe.requestSubmit();
    else if (idle >= WARN) {
      warning.hidden = false;
      left.textContent = String(Math.ceil(WIPE - idle));
    }
  }, 1000);
})();
