"""`/search/suggest`: names, terms and spellings that begin like what was typed, as JSON for the search boxes."""

from dataclasses import asdict

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue

from hub.core.errors import TooManyError
from hub.search.asking import MAX_QUERY_LENGTH
from hub.web.access import public
from hub.web.limits import SUGGESTIONS, browser, spend
from hub.web.suggesting.sources import suggestions

suggesting = Blueprint("suggesting", __name__)


@suggesting.get("/search/suggest")
@public
def suggest() -> ResponseReturnValue:
    """Suggest what this person may find: nothing in its list comes from what is hidden from them."""
    try:
        spend(SUGGESTIONS, key=browser())
    except TooManyError as error:
        answer: Response = jsonify(suggestions=[])
        answer.status_code = error.status
        answer.headers["Retry-After"] = str(error.retry_after)
        return answer
    typed = request.args.get("q", "")[:MAX_QUERY_LENGTH]
    found = suggestions(typed, request.args.get("in", ""))
    return jsonify(
        suggestions=[{name: value for name, value in asdict(each).items() if value} for each in found]
    )
