"""The blueprint that calendar files hang on; they stand beside the pages of what they tell."""

from flask import Blueprint

calendars = Blueprint("calendars", __name__)
"""Answers calendar files."""
