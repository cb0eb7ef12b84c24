"""Reads pages with forms the way a person does: what stands in the fields, and what the summary on top says."""

from tests.web.client import fields_of, parse, words


def problems(answer):
    """Return what the summary on top says, by the field that it links to."""
    main = parse(answer.text).find(".//main")
    summary = next(each for each in main.iter("div") if each.get("class") == "govuk-error-summary")
    return {link.get("href").removeprefix("#"): words(link) for link in summary.iter("a")}


def entered(field):
    """Return the values that stand in a field: typed words, or the chosen options."""
    if field.tag == "textarea":
        return [(field.text or "").removeprefix("\n")]
    if field.tag == "select":
        return [each.get("value") for each in field.iter("option") if each.get("selected") is not None]
    return [field.get("value") or ""]


def hidden(answer):
    """Return the hidden values of the forms in the main part of a page, each as a list."""
    found = {}
    for field in fields_of(parse(answer.text).find(".//main")):
        if field.get("type") == "hidden" and field.get("name") != "csrf_token":
            found.setdefault(field.get("name"), []).append(field.get("value"))
    return found
