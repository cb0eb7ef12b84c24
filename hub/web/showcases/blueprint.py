"""The blueprint that the pages of showcases hang on: for readers, who proposes and presents, and who registers."""

from flask import Blueprint

showcases = Blueprint("showcases", __name__, url_prefix="/showcases")
