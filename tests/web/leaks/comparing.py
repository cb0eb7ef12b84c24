"""Reads pages so that they can be compared with what they were before something hidden came."""

from tests.web.leaks.crawling import TOKENS


def read(browser, addresses, known=()):
    """Return what each page says, without what changes with each form and without what was asked for.

    Args:
        browser: somebody's.
        addresses: of the pages.
        known: random ids that the addresses may name.
    """
    seen = {}
    for address in addresses:
        answer = browser.get(address)
        told, place = TOKENS.sub("", answer.text), address
        for each in known:
            told, place = told.replace(each, "ASKED"), place.replace(each, "ASKED")
        seen[place] = (answer.status_code, told)
    return seen


def different(before, after):
    """Return the pages that say something else than before, by whose they are."""
    found = {
        name: [page for page, told in pages.items() if told != before[name][page]]
        for name, pages in after.items()
    }
    return {name: pages for name, pages in found.items() if pages}
