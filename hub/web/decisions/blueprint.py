"""The blueprint that the pages of decisions hang on: the register, and what proves the log behind it."""

from flask import Blueprint

decisions = Blueprint("decisions", __name__)
