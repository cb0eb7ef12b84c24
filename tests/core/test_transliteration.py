"""Names in Latin letters, for comparing."""
# ruff: noqa: RUF001 - names in other scripts are what is tested

import pytest

from hub.core.transliteration import romanised


@pytest.mark.parametrize(
    ("name", "latin"),
    [
        ("საქართველოს ეროვნული ბანკი", "sakartvelos erovnuli banki"),
        ("Національне агентство", "natsionalne agentstvo"),
        ("Agència Antifrau – Catalunya", "agencia antifrau catalunya"),
        ("Ｔｒａｎｓｐａｒｅｎｃｙ", "transparency"),
        ("国家监察委员会", "guojiajianchaweiyuanhui"),
        ("", ""),
        ("★", ""),
    ],
)
def test_a_name_in_latin_letters_is_plain_words(name, latin):
    assert romanised(name) == latin
