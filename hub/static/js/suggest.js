// Suggestions below a search box while one types (WAI-ARIA's combobox with a list). The box stays the form's own field: without
// this script, or where the list does not come, it searches as ever. All words come from data attributes of the form.
const PAUSE = 180;
const LEAST = 2;

function enhance(form) {
  const field = form.querySelector("input[type=search]");
  const list = document.createElement("ul");
  const said = document.createElement("p");
  list.id = `${field.id}-suggestions`;
  list.className = "suggest";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", form.dataset.list);
  list.hidden = true;
  said.className = "sr";
  said.setAttribute("role", "status");
  form.after(list, said);
  for (const [name, value] of Object.entries({
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": list.id,
    autocapitalize: "off",
  })) {
    field.setAttribute(name, value);
  }

  let typed = field.value;
  let waiting = 0;
  let asked = null;
  let silentUntil = 0;

  const options = () => [...list.children];
  const current = () => options().findIndex((option) => option.getAttribute("aria-selected") === "true");

  function close() {
    clearTimeout(waiting);
    asked?.abort();
    list.hidden = true;
    list.replaceChildren();
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  }

  function show(suggestions) {
    list.replaceChildren(...suggestions.map(option));
    list.hidden = suggestions.length === 0;
    field.setAttribute("aria-expanded", String(suggestions.length > 0));
    field.removeAttribute("aria-activedescendant");
    const words = suggestions.length === 1 ? form.dataset.one : form.dataset.many;
    said.textContent = suggestions.length ? words.replace("%{count}", suggestions.length) : "";
  }

  function option(suggestion, place) {
    const item = document.createElement("li");
    item.id = `${list.id}-${place}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    const text = document.createElement("bdi");
    text.textContent = suggestion.text;
    if (suggestion.lang) text.lang = suggestion.lang;
    if (suggestion.dir) text.dir = suggestion.dir;
    const kind = document.createElement("span");
    kind.className = "suggest__kind";
    kind.textContent = suggestion.label;
    item.append(text, " ", kind);
    // the field keeps the focus, or it would close the list before the click arrives
    item.addEventListener("mousedown", (event) => event.preventDefault());
    item.addEventListener("click", () => take(suggestion));
    item.suggestion = suggestion;
    return item;
  }

  function take(suggestion) {
    close();
    if (suggestion.href) {
      window.location.assign(suggestion.href);
      return;
    }
    field.value = suggestion.text;
    form.requestSubmit();
  }

  function point(place) {
    const all = options();
    all.forEach((item, number) => item.setAttribute("aria-selected", String(number === place)));
    if (place < 0) {
      field.removeAttribute("aria-activedescendant");
    } else {
      field.setAttribute("aria-activedescendant", all[place].id);
      all[place].scrollIntoView({ block: "nearest" });
    }
  }

  async function ask() {
    asked?.abort();
    typed = field.value;
    if (typed.trim().length < LEAST || Date.now() < silentUntil) {
      close();
      return;
    }
    asked = new AbortController();
    try {
      const address = new URL(form.dataset.suggest, window.location.href);
      address.searchParams.set("q", typed);
      const answer = await fetch(address, { signal: asked.signal, headers: { Accept: "application/json" } });
      if (answer.status === 429) silentUntil = Date.now() + 1000 * Number(answer.headers.get("Retry-After") || 1);
      const { suggestions } = answer.ok ? await answer.json() : { suggestions: [] };
      if (field.value === typed && document.activeElement === field) show(suggestions);
    } catch {
      // away, aborted or unreadable: the box searches all the same
    }
  }

  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, PAUSE);
  });
  field.addEventListener("blur", close);
  form.addEventListener("submit", close);
  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const all = options();
    const place = current();
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    } else if (event.key === "Enter" && place >= 0) {
      event.preventDefault();
      take(all[place].suggestion);
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && all.length) {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      // one place beyond either end is the box itself
      const next = place + step;
      point(next >= all.length ? -1 : next < -1 ? all.length - 1 : next);
    } else if (event.key === "ArrowDown") {
      ask();
    }
  });
}

for (const form of document.querySelectorAll("form[data-suggest]")) {
  enhance(form);
}
