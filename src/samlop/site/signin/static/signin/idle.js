/* Says so before an idle session ends, keeps it alive while somebody writes, and leaves the page when it is over. */
(() => {
  "use strict";

  const limit = Number(document.body.dataset.idle) * 60_000;
  const template = document.getElementById("idle-warning");
  if (!limit || !template) return;

  const SHARED = "samlop:seen"; // the same session may be open in several tabs
  const WARN = Math.min(120_000, limit / 2);
  const PING = Math.min(240_000, limit / 4);
  const dialog = document.body.appendChild(template.content.firstElementChild.cloneNode(true));
  let written = false;

  const seen = () => Number(localStorage.getItem(SHARED)) || 0;
  const note = () => localStorage.setItem(SHARED, String(Date.now()));
  const token = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] || document.querySelector("[name=csrfmiddlewaretoken]")?.value || "";

  async function ping() {
    written = false;
    const answer = await fetch(dialog.dataset.ping, { method: "POST", headers: { "X-CSRFToken": token() }, redirect: "manual" });
    if (answer.ok) note();
    return answer.ok;
  }

  function leave() {
    location.replace(location.href.split("#")[0]); // the server leads to sign-in, and back here afterwards
  }

  function look() {
    const left = seen() + limit - Date.now();
    if (left <= 0) return leave();
    if (left > WARN) {
      if (dialog.open) dialog.close();
      if (written && limit - left > PING) ping().catch(() => {});
    } else if (!dialog.open) dialog.showModal();
  }

  note();
  for (const kind of ["input", "change"]) document.addEventListener(kind, () => { written = true; });
  async function goOn() {
    if (await ping().catch(() => true)) dialog.close();
    else leave();
  }
  dialog.querySelector("button").addEventListener("click", goOn);
  dialog.addEventListener("cancel", (event) => { event.preventDefault(); goOn(); });
  setInterval(look, 5_000);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });
  document.addEventListener("htmx:afterRequest", note);
})();
