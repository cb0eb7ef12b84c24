"""The blueprint that the pages of a showcase's team hang on."""

from flask import Blueprint

curating = Blueprint("curating", __name__, url_prefix="/coordinate/showcases")
