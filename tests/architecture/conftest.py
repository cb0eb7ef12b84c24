"""The running application for tests of its shape; what they say of it stands in them, by hand."""

import pytest
from flask import Flask

from tests.web.conftest import app, application, client

__all__ = ["app", "application", "client"]

ONLY_IN_TESTS = "trial."


@pytest.fixture
def routes(app: Flask) -> set[str]:
    """Every verb and address that the application answers, such as "GET /innovations/<slug>"."""
    return {
        f"{verb} {rule.rule}"
        for rule in app.url_map.iter_rules()
        for verb in rule.methods or ()
        if verb not in {"HEAD", "OPTIONS"} and not rule.endpoint.startswith(ONLY_IN_TESTS)
    }


@pytest.fixture
def doors(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """The application with an empty room behind every door: 200 means that somebody came in."""
    for endpoint, view in app.view_functions.items():

        def room(**_arguments: object) -> str:
            return "inside"

        vars(room).update(vars(view))
        monkeypatch.setitem(app.view_functions, endpoint, room)
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)
    # views that ask for the password again have the token of the form checked first, whatever the setting says
    monkeypatch.setattr(app.extensions["csrf"], "protect", lambda: None)
    # whoever is turned away gets the status; what the page says is looked at where the things are
    monkeypatch.setattr("hub.web.errors.render_template", lambda *_template, **_words: "turned away")
    return app
