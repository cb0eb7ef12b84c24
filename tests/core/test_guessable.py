"""Which passwords count as easy to guess."""

import pytest

from hub.core.guessable import is_guessable


@pytest.mark.parametrize(
    "password",
    [
        "aaaaaaaaaaaa",
        "abababababab",
        "abcabcabcabc",
        "passwordpassword",
        "password1234",
        "Password2026!",
        "P@ssw0rd2024!",
        "$ecurity2024!",
        "welcome-admin",
        "Welcome 2026 2026",
        "qwertyuiop12",
        "1qaz2wsx3edc",
        "abcdefghijkl",
        "987654321098",
        "839201746352",
        "qwertyasdfgh",
        "iloveyou12345",
        "Anticorruption1",
        "letmein-letmein",
    ],
)
def test_refuses_what_attackers_try_first(password):
    assert is_guessable(password)


@pytest.mark.parametrize(
    "password",
    [
        "kettle violin harbour 27",
        "correct horse battery staple",
        "gX7#pLq92!vWz",
        "Teekanne-Wolke-Ziegel",
        "პაროლი მთაზე წვიმს",
        "dragonmonkeyfootballsunshine",
        "tukang sayur di bulan",
    ],
)
def test_allows_words_that_do_not_belong_together(password):
    assert not is_guessable(password)


@pytest.mark.parametrize("password", ["maria.lopez2026", "Lopez-Maria-77", "example.lopez!"])
def test_refuses_the_names_of_the_person(password):
    assert is_guessable(password, about=("maria.lopez@example.org", "Maria Lopez"))


def test_a_name_inside_a_long_password_is_no_reason_to_refuse():
    assert not is_guessable("lopez kettle violin harbour", about=("lopez@example.org",))
