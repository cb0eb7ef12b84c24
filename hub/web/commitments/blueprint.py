"""The blueprints that the pages of commitments hang on: for readers, owners and keepers; and their file."""

from flask import Blueprint

commitments = Blueprint("commitments", __name__, url_prefix="/commitments")

commitment_files = Blueprint("commitment_files", __name__)
"""Addresses that only begin like those of the pages."""
