// A select, of one or of several, as a field that searches while one types. The select itself stays in the form, hidden,
// and is what gets sent; all words come from its data attributes, so nothing here needs translating.
const textOf = (option) => option.textContent.trim();

const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase();

function escaped(text) {
  const holder = document.createElement("span");
  holder.textContent = text;
  return holder.innerHTML;
}

// What a screen reader hears on entering the field: the error and the hint of the select, then how to use the field.
function described(select) {
  const ids = (select.getAttribute("aria-describedby") || "").split(/\s+/).filter(Boolean);
  const words = ids.map((id) => document.getElementById(id)?.textContent.trim().replace(/\s+/g, " "));
  return [...words.filter(Boolean), select.dataset.hint].join(". ");
}

// Options that begin with the typed text come first, then those that hold it anywhere.
function search(select, wanted) {
  return (query, answer) => {
    const typed = plain(query.trim());
    const texts = [...select.options].filter(wanted).map(textOf);
    const starts = texts.filter((text) => plain(text).startsWith(typed));
    const holds = texts.filter((text) => !plain(text).startsWith(typed) && plain(text).includes(typed));
    answer([...starts, ...holds]);
  };
}

function build(select, options) {
  const id = select.id;
  const place = document.createElement("div");
  place.className = "choose";
  select.before(place);
  select.id = `${id}-select`;
  select.hidden = true;
  const { none, results, more } = select.dataset;
  window.accessibleAutocomplete({
    element: place,
    id,
    name: "",
    autoselect: false,
    confirmOnBlur: false,
    displayMenu: "overlay",
    showAllValues: true,
    dropdownArrow: () => "",
    inputClasses: select.classList.contains("govuk-select--error") ? "choose--error" : "",
    tNoResults: () => none,
    tStatusNoResults: () => none,
    tStatusQueryTooShort: () => more,
    tStatusResults: (length, chosen) => `${results.replace("%{count}", length)}. ${chosen}`,
    tStatusSelectedOption: (chosen, length, index) => `${chosen} ${index + 1} / ${length}`,
    tAssistiveHint: () => described(select),
    ...options,
  });
  return place.querySelector("input");
}

function optionNamed(select, text) {
  return [...select.options].find((option) => plain(textOf(option)) === plain(text.trim()));
}

export function chooseOne(select) {
  const empty = [...select.options].find((option) => option.value === "");
  const chosen = select.selectedOptions[0];
  const field = build(select, {
    source: search(select, (option) => option.value !== ""),
    defaultValue: chosen && chosen.value !== "" ? textOf(chosen) : "",
    templates: { inputValue: (text) => text || "", suggestion: (text) => escaped(text || "") },
    onConfirm: (text) => {
      const option = text && optionNamed(select, text);
      if (option) option.selected = true;
    },
  });
  // Typing a whole name counts as choosing it; what is in no list is not sent, and a line below the field says so.
  const unknown = document.createElement("p");
  unknown.className = "choose__unknown";
  unknown.setAttribute("role", "status");
  select.after(unknown);
  field.addEventListener("input", () => {
    const option = field.value.trim() ? optionNamed(select, field.value) : empty;
    if (option) option.selected = true;
    else if (empty) empty.selected = true;
    else select.selectedIndex = -1;
  });
  field.addEventListener("blur", () => {
    const known = !field.value.trim() || optionNamed(select, field.value);
    unknown.textContent = known ? "" : select.dataset.unknown;
  });
}

export function chooseSeveral(select) {
  const list = document.createElement("ul");
  list.className = "chips";
  const announce = document.createElement("p");
  announce.className = "sr";
  announce.setAttribute("role", "status");
  const field = build(select, {
    source: search(select, (option) => option.value !== "" && !option.selected),
    templates: { inputValue: () => "", suggestion: (text) => escaped(text || "") },
    onConfirm: (text) => {
      const option = text && optionNamed(select, text);
      if (option) change(option, true);
    },
  });
  list.setAttribute("aria-label", select.dataset.chosen);
  select.after(list, announce);

  function change(option, selected) {
    option.selected = selected;
    announce.textContent = `${selected ? select.dataset.added : select.dataset.removed}: ${textOf(option)}`;
    draw();
  }

  function draw() {
    list.replaceChildren(
      ...[...select.selectedOptions].map((option) => {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "chip";
        const verb = document.createElement("span");
        verb.className = "sr";
        verb.textContent = `${select.dataset.remove} `;
        const cross = document.createElement("span");
        cross.className = "chip__cross";
        cross.setAttribute("aria-hidden", "true");
        button.append(verb, textOf(option), cross);
        button.addEventListener("click", () => {
          change(option, false);
          field.focus();
        });
        const item = document.createElement("li");
        item.append(button);
        return item;
      }),
    );
    list.hidden = select.selectedOptions.length === 0;
  }

  draw();
}
