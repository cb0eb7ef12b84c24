"""The blueprint that the integrity officers' pages hang on."""

from flask import Blueprint

integrity = Blueprint("integrity", __name__, url_prefix="/integrity")
