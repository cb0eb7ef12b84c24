"""The blueprint that the pages of suggestions hang on."""

from flask import Blueprint

matches = Blueprint("matches", __name__, url_prefix="/matches")
