"""The blueprint that the pages of introductions hang on, with the places of one's own account."""

from flask import Blueprint

from hub.web.account.places import navigation

introductions = Blueprint("introductions", __name__, url_prefix="/introductions")

introductions.context_processor(navigation)
