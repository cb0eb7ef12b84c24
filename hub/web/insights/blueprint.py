"""The blueprint that the pages of insights and metrics hang on."""

from flask import Blueprint

insights = Blueprint("insights", __name__, url_prefix="/insights")
