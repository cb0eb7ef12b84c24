"""What a lexicon said once of a state is not looked up again, and nobody's list is handed out twice."""

from hub.search.documents import Query
from hub.search.plan import Where
from hub.search.queries import count_each
from hub.search.remembering import MOST_REMEMBERED, RememberedWords
from hub.search.wordlist import WordList
from tests.search.asking.lexicon import words_of
from tests.search.samples import PUBLIC, document


class Counted:
    """A lexicon that counts how often it is asked."""

    def __init__(self):
        self._words = words_of("bribe bribes tender")
        self.asked = 0

    def __getattr__(self, name):
        self.asked += 1
        return getattr(self._words, name)

    def starting(self, prefix, limit, where=Where.TEXT, *among):
        self.asked += 1
        return self._words.starting(prefix, limit)

    def near(self, *asked):
        self.asked += 1
        return self._words.near(*asked)


def test_the_same_is_asked_once():
    counted = Counted()
    words = RememberedWords(counted)
    before = counted.asked
    for _ in range(3):
        assert words.near("bribs", 2, 9) == ["bribe", "bribes"]
        assert words.starting("bri", 9) == ["bribe", "bribes"]
    assert counted.asked == before + 2


def test_an_answer_may_be_changed_by_who_got_it():
    words = RememberedWords(words_of("bribe"))
    words.near("brib", 1, 9).append("other")
    words.starting("b", 9).clear()
    assert (words.near("brib", 1, 9), words.starting("b", 9)) == (["bribe"], ["bribe"])


def test_only_so_many_are_remembered():
    counted = Counted()
    words = RememberedWords(counted)
    for number in [*range(MOST_REMEMBERED + 1), 0]:
        words.near(f"bribe{number}", 1, 9)
    words.near("bribe0", 1, 9)
    assert counted.asked == MOST_REMEMBERED + 3  # and once for `count`


def test_searches_with_the_same_words_look_them_up_once(index, monkeypatch):
    index.rebuild([document("a", "procurement of tenders")], 1)
    looked_up = []
    near = WordList.near

    def counting(self, word, distance):
        looked_up.append(word)
        return near(self, word, distance)

    monkeypatch.setattr(WordList, "near", counting)
    monkeypatch.setattr("hub.search.queries.withheld_ids", lambda _number: frozenset())
    query = Query(PUBLIC, "procurment~ tendrs~")
    assert count_each(index, [query] * 8) == [1] * 8
    assert sorted(set(looked_up)) == sorted(looked_up) == ["procurment", "tendrs"]
