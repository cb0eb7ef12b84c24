// Tells the style sheet that results follow each tick by themselves, so that the buttons for it are not needed.
if (window.htmx) {
  document.body.classList.add("has-htmx");
}
