"""The lists ask as often for twenty introductions as for two."""

from tests.factories import make_member, make_profile
from tests.members.introductions.people import ask
from tests.web.catalogue.conftest import QueryCount


def test_lists_ask_a_fixed_number_of_times(app, ninos, danas, nino, dana):
    counts = {}
    for number in (2, 9):
        for _each in range(number):
            other = make_member()
            make_profile(other)
            ask(nino, other)
            ask(other, dana)
        for browser, path in ((ninos, "/introductions/sent"), (danas, "/introductions")):
            browser.get(path)
            with QueryCount(app.extensions["hub"].bind) as asked:
                browser.get(path)
            counts.setdefault(path, []).append(len(asked))
    assert all(few == many <= 10 for few, many in counts.values()), counts
