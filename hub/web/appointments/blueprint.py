"""The blueprint that the pages about roles hang on."""

from flask import Blueprint

appointments = Blueprint("appointments", __name__, url_prefix="/roles")
