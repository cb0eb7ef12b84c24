"""Signs that nobody sees and letters that look like others: found, shown, and no obstacle to finding equals."""
# ruff: noqa: RUF001 - letters that look alike are what is tested

import pytest
from hypothesis import given, strategies as st

from hub.core.lookalikes import HIDDEN_SIGN, LOOK_ALIKE, hidden_signs, mixed_scripts, pieces, skeleton

HARMLESS = [
    "Transparency International",
    "Transparency Georgia საქართველო",
    "Antikorruptionsstelle Österreich – Łódź – Ørsted",
    "Національне агентство з питань запобігання корупції",
    "Банк Bank",
    "IT企業カタカナ 〇一",
    "한국투명성기구 TI-Korea",
    "COVIDом",
    "USAID-ის პროექტი",
    "10 μm, 5 kΩ, 3 km²",
    "می\u200cخواهم",
    "क्\u200dष",
    "ශ්\u200dරී ලංකාව",
    "👩\u200d🚀",
    "❤\ufe0f",
    "葛\U000e0100城",
    "Conakry 2026 #1",
    "two\tlines\nof text",
    "",
]


@pytest.mark.parametrize("name", HARMLESS)
def test_names_in_every_script_and_in_two_beside_each_other_are_plain(name):
    assert hidden_signs(name) == ()
    assert mixed_scripts(name) == ()
    [piece] = pieces(name)
    assert (piece.text, piece.mark) == (name, None)


@pytest.mark.parametrize(
    ("name", "signs"),
    [
        ("gro\u202eelpmaxe", ("U+202E RIGHT-TO-LEFT OVERRIDE",)),
        ("Na\u200bme", ("U+200B ZERO WIDTH SPACE",)),
        ("Na\u200cme", ("U+200C ZERO WIDTH NON-JOINER",)),
        ("\u200dName", ("U+200D ZERO WIDTH JOINER",)),
        ("Na\u00adme\u00ad", ("U+00AD SOFT HYPHEN",)),
        ("\u2066Name\u2069", ("U+2066 LEFT-TO-RIGHT ISOLATE", "U+2069 POP DIRECTIONAL ISOLATE")),
        ("Na\x00me", ("U+0000 CONTROL CHARACTER",)),
        ("Na\ufe0fme", ("U+FE0F VARIATION SELECTOR-16",)),
        ("Name\u3164", ("U+3164 HANGUL FILLER",)),
        ("Name\U000e0041", ("U+E0041 TAG LATIN CAPITAL LETTER A",)),
    ],
)
def test_a_hidden_sign_is_named(name, signs):
    assert hidden_signs(name) == signs


@pytest.mark.parametrize(
    ("name", "letters", "like"),
    [
        ("Aррle", "рр", "pp"),
        ("Прозoрро", "o", "о"),
        ("Αpple", "Α", "A"),
        ("A\u0301ррle", "рр", "pp"),
        ("Aр\u200bple", "р", "p"),
        ("TІ Georgia", "І", "l"),
    ],
)
def test_letters_of_another_alphabet_inside_a_word_are_found(name, letters, like):
    [mixture] = mixed_scripts(name)
    assert (name[mixture.start : mixture.end], mixture.like) == (letters, like)
    assert name[mixture.start : mixture.end] == letters


def test_a_page_gets_plain_and_marked_pieces():
    plain, marked, rest = pieces("Aррle")
    assert [plain.text, marked.text, rest.text] == ["A", "рр", "le"]
    assert plain.mark is rest.mark is None
    assert (marked.mark.message, marked.mark.parameters) == (LOOK_ALIKE, {"like": "pp"})


def test_a_hidden_sign_becomes_a_token_that_no_longer_acts():
    found = pieces("a\u202eb\u200b\u200b")
    assert "".join(piece.text for piece in found) == "a[U+202E]b[U+200B][U+200B]"
    assert [piece.mark.message for piece in found if piece.mark] == [HIDDEN_SIGN] * 3
    assert found[1].mark.parameters == {"sign": "U+202E RIGHT-TO-LEFT OVERRIDE"}


@given(st.text(max_size=40))
def test_the_pieces_are_the_name_with_hidden_signs_spelt_out(name):
    found = pieces(name)
    shown = "".join(piece.text for piece in found)
    assert hidden_signs(shown) == () or len(found) > 1
    if not hidden_signs(name):
        assert shown == name


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Aррle", "Apple"),
        ("lnternational", "International"),
        ("ΝΑΤΟ", "Nato"),
        ("Прозoрро", "Прозорро"),
        ("Open-Ownership", "open  ownership"),
        ("Ørsted", "Orsted"),
        ("Łódź", "LODZ"),
        ("Straße", "STRASSE"),
        ("𝐓𝐫ansparency", "Transparency"),
        ("Ｔｒａｎｓｐａｒｅｎｃｙ", "Transparency"),
        ("Transpa\u200brency\u202e", "Transparency"),
        ("Artic1e 19", "Article l9"),
        ("Rnodern", "Modern"),
        ("сосо", "coco"),
        ("مُكافَحة", "مكافحة"),
    ],
)
def test_spellings_that_look_alike_have_one_skeleton(first, second):
    assert skeleton(first) == skeleton(second) != ""


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Nova", "Vova"),
        ("Bank", "Банк"),
        ("Sakartvelo", "საქართველო"),
        ("कि", "कु"),
        ("Ministry of Justice", "Ministry of Finance"),
        ("★", "☆"),
    ],
)
def test_different_names_keep_different_skeletons(first, second):
    assert skeleton(first) != skeleton(second)


@given(st.text(max_size=40))
def test_a_skeleton_takes_any_text(name):
    assert "\u202e" not in skeleton(name)
