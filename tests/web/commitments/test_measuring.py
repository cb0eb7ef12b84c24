"""Targets as people type them in their language."""

import pytest
from flask_babel import force_locale

from hub.web.commitments.measuring import _written, typed_number


@pytest.mark.parametrize(
    ("spoken", "typed", "number"),
    [
        ("en", "1,000", 1000),
        ("en", "12.5", 12.5),
        ("en", "12,5", None),
        ("en", "1,00", None),
        ("en", "-1", None),
        ("en", "NaN", None),
        ("en", "", None),
        ("en", "many", None),
        ("fr", "12,5", 12.5),
        ("fr", "1\u202f000", 1000),
        ("es", "12.5", None),
        ("es", "12,5", 12.5),
    ],
)
def test_a_target_is_read_as_the_language_writes_it_or_refused(app, spoken, typed, number):
    with app.test_request_context(), force_locale(spoken):
        assert typed_number(typed) == number


@pytest.mark.parametrize("spoken", ["en", "fr", "es", "ar", "ru"])
@pytest.mark.parametrize("number", [0, 12.5, 1000, 1234567.25])
def test_a_stored_target_is_written_so_that_it_is_read_again(app, spoken, number):
    with app.test_request_context(), force_locale(spoken):
        assert typed_number(_written(number)) == number
