"""The blueprint that the pages before an account hang on: joining, and where to report instead."""

from flask import Blueprint

joining = Blueprint("joining", __name__)
