// A select, of one or of several, as a field that searches while one types. The select itself stays in the form, hidden,
// and is what gets sent; all words come from its data attributes, so nothing here needs translating.
const textOf = (option) => option.textContent.trim();

const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase();

// What an option is called: its text, and other names that people type.
const namesOf = (option) => [textOf(option), ...(option.dataset.also?.split(", ") || [])].map(plain);

function escaped(text) {
  const holder = document.createElement("span");
  holder.textContent = text;
  return holder.innerHTML;
}

// What a screen reader hears on entering the field: the error and the hint of the select, then how to use the field.
function described(select) {
  const ids = (select.getAttribute("aria-describedby") || "").split(/\s+/).filter(Boolean);
  const words = ids.map((id) => {
    const part = document.getElementById(id)?.cloneNode(true);
    part?.querySelectorAll("noscript").forEach((each) => each.remove());
    return part?.textContent.trim().replace(/\s+/g, " ");
  });
  return [...words.filter(Boolean), select.dataset.hint].join(". ");
}

// Options that are called just so come first, then those of which one name begins with the typed text, then those that hold it anywhere.
function found(select, wanted, query) {
  const typed = plain(query.trim());
  const options = [...select.options].filter(wanted);
  const exact = options.filter((option) => namesOf(option).includes(typed));
  const starts = options.filter((option) => namesOf(option).some((name) => name.startsWith(typed)));
  const holds = options.filter((option) => plain(textOf(option)).includes(typed));
  return [...new Set([...exact, ...starts, ...holds])].map(textOf);
}

function optionNamed(select, text) {
  return [...select.options].find((option) => option.value !== "" && namesOf(option).includes(plain(text.trim())));
}

// Why nothing was found: what is chosen already is not offered again.
function nothingFound(select, field) {
  const typed = plain(field?.value.trim() || "");
  const chosen = select.multiple ? [...select.selectedOptions].map((option) => plain(textOf(option))) : [];
  const isChosen = typed !== "" && chosen.some((text) => text.includes(typed));
  return isChosen ? select.dataset.already : select.dataset.none;
}

function build(select, wanted, options) {
  const id = select.id;
  const place = document.createElement("div");
  place.className = "choose";
  select.before(place);
  select.id = `${id}-select`;
  select.hidden = true;
  const { results, more } = select.dataset;
  const input = () => place.querySelector("input");
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
    // The arrow key asks for everything whatever is typed: below a text that is no choice yet it gets what fits, or nothing.
    source: (query, answer) => {
      const typed = input()?.value.trim() || "";
      const isArrow = query === "" && typed !== "" && !(optionNamed(select, typed) && !select.multiple);
      const texts = found(select, wanted, isArrow ? typed : query);
      if (texts.length || !isArrow) answer(texts);
    },
    tNoResults: () => nothingFound(select, input()),
    tStatusNoResults: () => nothingFound(select, input()),
    tStatusQueryTooShort: () => more,
    tStatusResults: (length, chosen) => `${results.replace("%{count}", length)}. ${chosen}`,
    tStatusSelectedOption: (chosen, length, index) => `${chosen} ${index + 1} / ${length}`,
    tAssistiveHint: () => described(select),
    ...options,
  });
  return input();
}

// Typing a whole name counts as choosing it. What is in no list is never dropped in silence: a line at the field says so,
// and the form is not sent before it is put right.
function watch(select, field, take) {
  const line = document.createElement("p");
  line.className = "choose__unknown govuk-error-message";
  line.id = `${field.id}-unknown`;
  line.setAttribute("role", "alert");
  field.closest(".choose").before(line);

  function tell(words) {
    line.textContent = words;
    field.classList.toggle("choose--error", words !== "");
    if (words) {
      field.setAttribute("aria-invalid", "true");
      field.setAttribute("aria-errormessage", line.id);
    } else {
      field.removeAttribute("aria-invalid");
      field.removeAttribute("aria-errormessage");
    }
  }

  const isUnknown = () => field.value.trim() !== "" && !optionNamed(select, field.value);
  field.addEventListener("input", () => tell(""));
  field.addEventListener("keydown", (event) => {
    const isMeantForTheList = field.value.trim() !== "" && (select.multiple || isUnknown());
    if (event.key === "Enter" && isMeantForTheList) event.preventDefault();
  });
  select.form?.addEventListener("submit", (event) => {
    const isOutOfSight = field.getClientRects().length === 0;
    if (isOutOfSight) return;
    if (!isUnknown()) {
      take();
      return;
    }
    tell(select.dataset.unknown);
    if (!event.defaultPrevented) field.focus();
    event.preventDefault();
  });
  return tell;
}

export function chooseOne(select) {
  const empty = [...select.options].find((option) => option.value === "");
  const chosen = select.selectedOptions[0];
  const field = build(select, (option) => option.value !== "", {
    defaultValue: chosen && chosen.value !== "" ? textOf(chosen) : "",
    templates: { inputValue: (text) => text || "", suggestion: (text) => escaped(text || "") },
    onConfirm: (text) => {
      const option = text && optionNamed(select, text);
      if (!option) return;
      option.selected = true;
      tell("");
    },
  });
  const tell = watch(select, field, () => {});
  field.addEventListener("input", () => {
    const option = field.value.trim() ? optionNamed(select, field.value) : empty;
    if (option) option.selected = true;
    else if (empty) empty.selected = true;
    else select.selectedIndex = -1;
  });
}

export function chooseSeveral(select) {
  const list = document.createElement("ul");
  list.className = "chips";
  const announce = document.createElement("p");
  announce.className = "sr";
  announce.setAttribute("role", "status");
  const field = build(select, (option) => option.value !== "" && !option.selected, {
    templates: { inputValue: () => "", suggestion: (text) => escaped(text || "") },
    onConfirm: (text) => {
      const option = text && optionNamed(select, text);
      if (!option) return;
      change(option, true);
      tell("");
    },
  });
  list.setAttribute("aria-label", select.dataset.chosen);
  select.after(list, announce);
  const tell = watch(select, field, () => {
    const option = optionNamed(select, field.value);
    if (option && !option.selected) change(option, true);
  });

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
