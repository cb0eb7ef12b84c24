"""The blueprint that the catalogue's views hang on."""

from flask import Blueprint

catalogue = Blueprint("catalogue", __name__, url_prefix="/innovations")
