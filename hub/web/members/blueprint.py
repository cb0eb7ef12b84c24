"""The blueprint that the members' pages hang on."""

from flask import Blueprint

members = Blueprint("members", __name__, url_prefix="/members")
