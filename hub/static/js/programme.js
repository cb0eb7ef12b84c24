// Lets curators move entries within a programme by pointer, touch and keyboard. What it sends is the same form that the pages without
// scripts send; all words come from data attributes, so nothing here needs translating.
const plan = document.querySelector("[data-plan]");
const placing = plan?.querySelector("[data-placing]");

if (plan && placing) {
  const said = plan.querySelector("[data-said]");
  const waiting = plan.querySelector("[data-waiting]");
  const words = plan.dataset;
  const free = [...plan.querySelectorAll("[data-place]")];
  let moving = null;
  let begun = null;

  const say = (text) => {
    said.textContent = text;
  };

  // Where something may be put: free slots, and for what has a slot the list of what waits.
  const targets = () => (moving?.dataset.slot ? [...free, waiting] : free);

  function send(target) {
    const isOut = target === waiting;
    const source = isOut ? moving : target;
    placing.action = isOut ? moving.dataset.empty : target.dataset.place;
    placing.elements.entry.value = moving.dataset.entry;
    placing.elements.out_of.value = moving.dataset.slot || "";
    placing.elements.version.value = source.dataset.version;
    stop();
    placing.submit();
  }

  function start(item) {
    stop();
    moving = item;
    item.classList.add("is-moving");
    plan.classList.add("plan--moving");
    waiting.classList.toggle("is-open", Boolean(item.dataset.slot));
  }

  function stop() {
    moving?.classList.remove("is-moving");
    moving = null;
    plan.classList.remove("plan--moving");
    waiting.classList.remove("is-open");
    for (const each of plan.querySelectorAll(".is-over")) each.classList.remove("is-over");
    for (const each of plan.querySelectorAll(".plan__here")) each.remove();
  }

  function button(target) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "btn btn--s plan__here";
    made.textContent = target === waiting ? words.out : words.here;
    if (target.dataset.words) made.setAttribute("aria-label", `${words.here}: ${target.dataset.words}`);
    made.addEventListener("click", () => send(target));
    return made;
  }

  // By keyboard or touch: every place gets a button, and the arrow keys lead from one to the next.
  function choose(item, from) {
    if (moving === item) {
      leave();
      return;
    }
    start(item);
    begun = from;
    const buttons = targets().map((target) => {
      const made = button(target);
      if (target === waiting) target.prepend(made);
      else target.append(made);
      return made;
    });
    if (!buttons.length) {
      stop();
      say(words.none);
      return;
    }
    say(words.begin.replace("%{name}", item.dataset.name));
    buttons[0].focus();
  }

  function leave() {
    stop();
    say(words.left);
    begun?.focus();
  }

  plan.addEventListener("keydown", (event) => {
    if (!moving) return;
    if (event.key === "Escape") {
      event.preventDefault();
      leave();
      return;
    }
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1, Home: -Infinity, End: Infinity }[event.key];
    const buttons = [...plan.querySelectorAll(".plan__days .plan__here"), ...waiting.querySelectorAll(".plan__here")];
    const at = buttons.indexOf(document.activeElement);
    if (!step || at < 0) return;
    event.preventDefault();
    const isTurned = document.documentElement.dir === "rtl" && ["ArrowLeft", "ArrowRight"].includes(event.key);
    const next = at + (isTurned ? -step : step);
    buttons[Math.max(0, Math.min(buttons.length - 1, next))].focus();
  });

  for (const item of plan.querySelectorAll("[data-entry]")) {
    const link = item.querySelector("[data-move]");
    link.setAttribute("role", "button");
    link.addEventListener("click", (event) => {
      event.preventDefault();
      choose(item, link);
    });
    link.addEventListener("keydown", (event) => {
      if (event.key !== " ") return;
      event.preventDefault();
      choose(item, link);
    });
    item.draggable = true;
    // A link within would be dragged by itself, as an address.
    for (const each of item.querySelectorAll("a")) each.draggable = false;
    item.title = words.drag;
    item.addEventListener("dragstart", (event) => {
      start(item);
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", item.dataset.name);
    });
    item.addEventListener("dragend", stop);
  }

  for (const target of [...free, waiting]) {
    target.addEventListener("dragover", (event) => {
      if (!moving || !targets().includes(target)) return;
      event.preventDefault();
      target.classList.add("is-over");
    });
    target.addEventListener("dragleave", (event) => {
      if (!target.contains(event.relatedTarget)) target.classList.remove("is-over");
    });
    target.addEventListener("drop", (event) => {
      if (!moving || !targets().includes(target)) return;
      event.preventDefault();
      send(target);
    });
  }

  // After a move the page comes back at the slot: whoever uses the keyboard goes on from there.
  const landed = window.location.hash.startsWith("#slot-") && document.getElementById(window.location.hash.slice(1));
  if (landed) landed.focus();
}
