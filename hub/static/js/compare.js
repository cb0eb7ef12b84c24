// The tray of what was ticked to compare: how many, what, and a way to take all back. Listens on the page, because results
// are exchanged when filters change. Without this script the tray is a plain button below the results.
const ticked = () => [...document.querySelectorAll("input[name=slug][form=compare]:checked")];

function tell() {
  const tray = document.getElementById("compare");
  if (!tray) return;
  const chosen = ticked();
  tray.classList.add("tray--live");
  tray.hidden = chosen.length === 0;
  if (!chosen.length) return;
  const { one, many, more, most } = tray.dataset;
  const some = chosen.length > Number(most) ? more.replace("%{most}", most) : many;
  const words = chosen.length === 1 ? one : some.replace("%{count}", chosen.length);
  const names = chosen.map((box) => box.closest("li").querySelector("h3").textContent.trim());
  const count = document.createElement("b");
  const list = document.createElement("span");
  count.textContent = words;
  list.textContent = names.join(" · ");
  tray.querySelector(".tray__said").replaceChildren(count, list);
  if (!tray.querySelector("[type=reset]")) {
    const clear = document.createElement("button");
    clear.type = "reset";
    clear.className = "btn btn--line btn--s";
    clear.textContent = tray.dataset.clear;
    tray.append(clear);
  }
}

document.addEventListener("change", (event) => {
  if (event.target.matches("input[name=slug][form=compare]")) tell();
});
// a form is emptied after its reset event
document.addEventListener("reset", () => setTimeout(tell));
document.addEventListener("htmx:afterSwap", tell);
window.addEventListener("pageshow", tell);
tell();
