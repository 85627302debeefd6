/* The class list asks now and then whether a colleague has changed it, and says so. Without it, saving says the same. */
(() => {
  "use strict";

  const EVERY = 20_000;
  const notice = document.getElementById("list-changed");
  if (!notice || !document.getElementById("list")) return;
  let timer = 0;

  async function ask() {
    const list = document.getElementById("list");
    if (document.hidden || !list || notice.childElementCount) return;
    const { ask: where, seen } = list.dataset;
    // Nobody does anything when the page asks, so it must not keep the person signed in.
    const headers = { "X-Unattended": "1" };
    const answer = await fetch(`${where}?sett=${encodeURIComponent(seen)}`, { headers, redirect: "manual" }).catch(() => null);
    if (answer?.type === "opaqueredirect" || answer?.status >= 400) return clearInterval(timer); // no longer signed in
    if (answer?.status !== 200) return;
    const words = await answer.text();
    if (document.getElementById("list")?.dataset.seen !== seen) return; // it was shown anew in the meantime
    notice.innerHTML = words;
    window.htmx?.process(notice);
  }

  // The list was shown anew: what was said of the old one no longer holds.
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target?.id === "list") notice.replaceChildren();
  });
  document.addEventListener("visibilitychange", ask);
  timer = setInterval(ask, EVERY);
})();
