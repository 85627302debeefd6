/* Passkeys: the form with data-passkey asks the browser for a key and sends what it answers. */
(() => {
  "use strict";

  if (!window.PublicKeyCredential || !window.webauthnJSON) return;
  for (const part of document.querySelectorAll("[data-needs-passkeys]")) part.hidden = false;

  const data = () => JSON.parse(document.getElementById("passkey-data").textContent);

  async function ask(form) {
    if (form.dataset.passkey === "create") return webauthnJSON.create(data().creation_options);
    if (form.dataset.passkey === "get") return webauthnJSON.get(data().request_options);
    const response = await fetch(form.action, { headers: { Accept: "application/json" } });
    if (!response.ok) throw new Error("no challenge");
    return webauthnJSON.get((await response.json()).request_options);
  }

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    const trouble = form.querySelector("[data-passkey-trouble]");
    form.addEventListener(
      "submit",
      async (event) => {
        event.preventDefault();
        event.stopImmediatePropagation();
        trouble.hidden = true;
        try {
          form.elements.credential.value = JSON.stringify(await ask(form));
          form.submit();
        } catch {
          trouble.hidden = false;
        }
      },
      true,
    );
  }
})();
