"""The blueprint that the coordinators' views hang on."""

from flask import Blueprint

coordinate = Blueprint("coordinate", __name__)
