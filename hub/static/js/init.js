// Runs first in the body, before anything is drawn: tells the style sheet and govuk-frontend that scripts work.
document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) {
  document.body.classList.add("govuk-frontend-supported");
}
