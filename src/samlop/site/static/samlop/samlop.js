/* The little that pages do by themselves. Everything works without it. */
(() => {
  "use strict";

  const PREFIX = "samlop:kept:";
  const user = document.body.dataset.user || "";
  const store = window.sessionStorage;

  /* ---- an error summary takes the focus, so that it is read first ---- */
  const first = document.querySelector("[data-focus]");
  first?.focus();
  // An address with a #part moves the focus there when the page has loaded; errors come first.
  if (location.hash) window.addEventListener("load", () => setTimeout(() => first?.focus()));

  /* ---- on a phone the tabs are one row that scrolls: the tab one is on is in sight ---- */
  document.querySelector(".tabs [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });

  /* ---- the button back, where the page before is known ---- */
  for (const button of document.querySelectorAll("[data-back]")) {
    button.hidden = history.length < 2;
    button.addEventListener("click", () => history.back());
  }

  /* ---- a form is sent once; the button keeps its name and value ---- */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    event.submitter?.setAttribute("aria-disabled", "true");
    if (form.matches("[data-sign-out]")) forget(() => true);
    else if (form.matches("[data-keep]")) store.setItem(`${PREFIX}sent`, keyOf(form));
  });
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    for (const form of document.querySelectorAll("form[data-sent]")) {
      delete form.dataset.sent;
      for (const button of form.querySelectorAll("[aria-disabled]")) button.removeAttribute("aria-disabled");
    }
  });

  /* ---- what is typed in a form marked data-keep is kept in this tab until it is saved, or the person signs out ---- */
  function keyOf(form) {
    return `${PREFIX}${user}:${location.pathname}:${form.dataset.keep || form.id || "form"}`;
  }

  function forget(which) {
    for (const key of Object.keys(store)) if (key.startsWith(PREFIX) && which(key)) store.removeItem(key);
  }

  function fields(form) {
    return [...form.elements].filter(
      (field) => field.name && !["hidden", "password", "file", "submit", "button", "reset"].includes(field.type) && field.tagName !== "FIELDSET",
    );
  }

  function isTick(field) {
    return field.type === "checkbox" || field.type === "radio";
  }

  function changed(field) {
    if (isTick(field)) return field.checked !== field.defaultChecked;
    if (field.tagName === "SELECT") return [...field.options].some((option) => option.selected !== option.defaultSelected);
    return field.value !== field.defaultValue;
  }

  // What a form carries of what it showed when it was opened. It is kept with what was typed, so that a colleague's
  // change in the meantime is told and not overwritten.
  function shownFirst(form, kept) {
    const names = fields(form).filter((field) => field.type !== "checkbox" && kept.some(([name]) => name === field.name)).map((field) => field.name);
    return [...form.elements].filter(
      (field) => field.type === "hidden" && (/(^|-)(revision|seen)$/.test(field.name) || (field.name.startsWith("initial-") && names.includes(field.name.slice(8)))),
    );
  }

  function isRefused(form) {
    return Boolean(form.querySelector("[aria-invalid='true']") || document.querySelector(".ds-error-summary"));
  }

  function keep(form) {
    // After a refusal the page itself says what was typed, and everything counts as typed.
    const kept = fields(form).filter((field) => isRefused(form) || changed(field)).map((field) => [field.name, isTick(field) ? field.value : null, isTick(field) ? field.checked : field.value]);
    if (kept.length) kept.push(...shownFirst(form, kept).map((field) => [field.name, null, field.value]));
    if (kept.length) store.setItem(keyOf(form), JSON.stringify(kept));
    else store.removeItem(keyOf(form));
  }

  function restore(form) {
    let found = false;
    const kept = JSON.parse(store.getItem(keyOf(form)) || "[]");
    for (const field of kept.length ? shownFirst(form, kept) : []) {
      field.dataset.fresh = field.value;
      field.value = kept.find(([name]) => name === field.name)?.[2] ?? field.value;
    }
    for (const [name, option, value] of kept) {
      const field = fields(form).find((one) => one.name === name && (option === null || one.value === option));
      if (!field) continue;
      found = found || (isTick(field) ? field.checked !== value : field.value !== value);
      if (isTick(field)) field.checked = value;
      else field.value = value;
    }
    return found;
  }

  function tell(form) {
    const words = document.getElementById("kept-words");
    if (!words) return;
    const notice = words.content.firstElementChild.cloneNode(true);
    notice.querySelector("button").addEventListener("click", () => {
      store.removeItem(keyOf(form));
      form.reset();
      for (const field of form.querySelectorAll("[data-fresh]")) field.value = field.dataset.fresh;
      notice.remove();
      fields(form)[0]?.focus();
    });
    form.before(notice);
  }

  // What was sent need not be kept when the answer has come: we were led on from the form to a page without errors, or the
  // form came back with them from another address, where it is kept anew. A page opened by hand after the line was lost is
  // no answer, and what was typed stays.
  function isAnswered(sent, forms) {
    if ("problem" in document.body.dataset) return false;
    const refused = forms.filter(isRefused).map(keyOf);
    const from = document.referrer ? new URL(document.referrer).pathname : "";
    const ledOn = performance.getEntriesByType("navigation")[0]?.redirectCount > 0 && sent.startsWith(`${PREFIX}${user}:${from}:`);
    return refused.length ? !refused.includes(sent) : ledOn;
  }

  const sent = store.getItem(`${PREFIX}sent`);
  store.removeItem(`${PREFIX}sent`);
  if (user) {
    // Somebody else has signed in in this tab: what the one before typed is theirs alone.
    forget((key) => !key.startsWith(`${PREFIX}${user}:`));
    const forms = [...document.querySelectorAll("form[data-keep]")];
    if (sent && isAnswered(sent, forms)) store.removeItem(sent);
    for (const form of forms) {
      if (!isRefused(form) && restore(form)) tell(form);
      form.addEventListener("input", () => keep(form));
      form.addEventListener("change", () => keep(form));
    }
  }
})();
