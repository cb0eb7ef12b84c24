"""What tests of suggestions share: the cards of a page, and a record that fits nobody's need."""

from tests.catalogue.records import make_scene, published
from tests.web.client import main_of, words


def cards_on(answer):
    """Return each suggestion on a page by its name, in their order."""
    found = {}
    for item in main_of(answer.text).iter("li"):
        if "match" in item.get("class", "").split():
            heading = next(each for each in item.iter() if each.tag in {"h2", "h3"})
            found[words(heading)] = words(item)
    return found


def hrefs(answer):
    """Return the addresses that the main part of a page links to."""
    return [each.get("href", "") for each in main_of(answer.text).iter("a")]


def school(**details):
    """Publish a record about something else than tracing assets."""
    said = {
        "name": "School of integrity",
        "short_description": "Lessons for pupils.",
        "functions": ("educate",),
        "countries": ("FR",),
        **details,
    }
    return published(make_scene("FR"), **said).innovation
