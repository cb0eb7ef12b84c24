"""The blueprint that the organisations' pages hang on."""

from flask import Blueprint

organisations = Blueprint("organisations", __name__, url_prefix="/organisations")
