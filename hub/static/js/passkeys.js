// Passkeys: asks the hub for a challenge and the browser for the answer, then sends the form with it. The forms are sent without
// an answer where the hub has something to say first, such as that the password is needed again.
const toBytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));

const toText = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");

const known = (list) => (list || []).map((each) => ({ ...each, id: toBytes(each.id) }));

// Browsers before 2025 lack the functions that read and write JSON.
const readers = {
  create: (options) =>
    PublicKeyCredential.parseCreationOptionsFromJSON?.(options) ?? {
      ...options,
      challenge: toBytes(options.challenge),
      user: { ...options.user, id: toBytes(options.user.id) },
      excludeCredentials: known(options.excludeCredentials),
    },
  get: (options) =>
    PublicKeyCredential.parseRequestOptionsFromJSON?.(options) ?? {
      ...options,
      challenge: toBytes(options.challenge),
      allowCredentials: known(options.allowCredentials),
    },
};

function written(credential) {
  if (credential.toJSON) {
    return credential.toJSON();
  }
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) {
      response[name] = toText(credential.response[name]);
    }
  }
  return {
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

async function challengeFor(form) {
  const body = new URLSearchParams({ csrf_token: form.elements.csrf_token.value });
  const answer = await fetch(form.dataset.challenge, { method: "POST", body });
  const isJson = answer.headers.get("Content-Type")?.startsWith("application/json");
  return answer.ok && isJson ? answer.json() : null;
}

async function ask(form) {
  const kind = form.dataset.passkey;
  const isNameless = form.elements.name?.value.trim() === "";
  const options = isNameless ? null : await challengeFor(form);
  if (options) {
    const credential = await navigator.credentials[kind]({ publicKey: readers[kind](options) });
    form.elements.credential.value = JSON.stringify(written(credential));
  }
  form.submit();
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (window.PublicKeyCredential && navigator.credentials) {
    const button = form.querySelector("[data-passkey-button]");
    const said = form.querySelector("[data-passkey-said]");
    form.querySelector("[data-passkey-missing]").hidden = true;
    button.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      said.textContent = "";
      button.disabled = true;
      try {
        await ask(form);
      } catch (error) {
        said.textContent = (error.name === "InvalidStateError" && form.dataset.known) || form.dataset.failed;
        button.disabled = false;
      }
    });
  }
}
