// Starts the components of govuk-frontend and turns long selects into fields that search while one types.
import { initAll } from "../vendor/govuk-frontend.min.js";
import { chooseOne, chooseSeveral } from "./choose.js";

initAll();

for (const select of document.querySelectorAll("select[data-autocomplete]")) {
  if (select.multiple) {
    chooseSeveral(select);
  } else {
    chooseOne(select);
  }
}
