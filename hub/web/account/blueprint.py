"""The blueprint that the pages about one's own account hang on."""

from flask import Blueprint

account = Blueprint("account", __name__)
