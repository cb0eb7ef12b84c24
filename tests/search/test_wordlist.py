"""Words that begin with something, or are nearly something, equal those that a plain loop finds."""

from hypothesis import given, settings, strategies as st

from hub.search.wordlist import WordList

words = st.lists(st.text("abcdé\U0001f600ق", min_size=1, max_size=6), max_size=30)
word = st.text("abcdé\U0001f600ق", max_size=6)


def slips(one, other):
    """Optimal string alignment, as the textbook writes it."""
    table = {(row, 0): row for row in range(len(one) + 1)}
    table |= {(0, column): column for column in range(len(other) + 1)}
    for row in range(1, len(one) + 1):
        for column in range(1, len(other) + 1):
            differs = one[row - 1] != other[column - 1]
            table[row, column] = min(
                table[row - 1, column] + 1,
                table[row, column - 1] + 1,
                table[row - 1, column - 1] + differs,
            )
            is_swapped = one[row - 2 : row] == other[column - 2 : column][::-1]
            if row > 1 and column > 1 and is_swapped:
                table[row, column] = min(table[row, column], table[row - 2, column - 2] + 1)
    return table[len(one), len(other)]


@settings(max_examples=200, deadline=None)
@given(words, word, st.integers(1, 2))
def test_near_words_are_those_of_the_textbook(known, asked, distance):
    expected = [(slips(asked, each), each) for each in set(known)] if asked else []
    assert WordList(known).near(asked, distance) == sorted(
        (slip, each) for slip, each in expected if 0 < slip <= distance
    )
