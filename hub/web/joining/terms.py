"""What somebody agrees to who joins."""

from datetime import date

from flask import render_template
from flask.typing import ResponseReturnValue

from hub.vocabularies.consent import CONSENT_VERSION
from hub.web.access import public
from hub.web.joining.blueprint import joining


@joining.get("/join/terms")
@public
def terms() -> ResponseReturnValue:
    """Show the terms with their version."""
    return render_template("joining/terms.html", version=version())


def version() -> date:
    """Return the day of the present wording."""
    return date.fromisoformat(CONSENT_VERSION)
