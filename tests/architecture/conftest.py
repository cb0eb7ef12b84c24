"""The running application for tests of its shape; what they say of it stands in them, by hand."""

import pytest
from flask import Flask

from hub.access.viewer import Role
from hub.members.models import MemberStatus
from tests.factories import make_member, make_organisation
from tests.web.conftest import app, application

__all__ = ["app", "application"]

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
    return app


@pytest.fixture
def people(database) -> dict[str, object]:
    """One member of each kind by name; a visitor is None."""
    organisation = make_organisation()
    return {
        "visitor": None,
        "applicant": make_member(status=MemberStatus.CONFIRMED),
        "suspended": make_member(status=MemberStatus.SUSPENDED),
        "member": make_member(),
        "representative": make_member(represents=[organisation]),
        "focal point": make_member(focal_country="GE"),
        "law enforcement": make_member(law_enforcement="GE"),
        "law enforcement abroad": make_member(law_enforcement="ID"),
        "coordinator": make_member(roles=[Role.COORDINATOR]),
        "integrity officer": make_member(roles=[Role.INTEGRITY_OFFICER]),
        "administrator": make_member(roles=[Role.ADMINISTRATOR]),
    }
