"""The blueprint that the pages of collaboration hang on."""

from flask import Blueprint

collaboration = Blueprint("collaboration", __name__, url_prefix="/collaboration")
