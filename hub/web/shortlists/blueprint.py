"""The blueprint that the pages of shortlists hang on."""

from flask import Blueprint

shortlists = Blueprint("shortlists", __name__, url_prefix="/shortlists")
