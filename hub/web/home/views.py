"""The home page: what the hub is, what it holds, where to start."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from hub.catalogue.curation.queries import featured_innovations
from hub.catalogue.queries import catalogue_counts, newest_innovations
from hub.collaboration.directory import next_calls
from hub.web.access import public
from hub.web.catalogue.hits import hit_of
from hub.web.collaboration.lines import request_lines
from hub.web.sessions import viewer

home = Blueprint("home", __name__)

NEWEST, FEATURED, REQUESTS = 5, 3, 3


@home.get("/")
@public
def index() -> ResponseReturnValue:
    """Show the home page with counts and news of what this viewer may see."""
    somebody = viewer()
    return render_template(
        "home/index.html",
        counts=catalogue_counts(somebody),
        featured=[
            (hit_of(each), each.featured_disclosure) for each in featured_innovations(somebody, FEATURED)
        ],
        newest=[hit_of(each) for each in newest_innovations(somebody, NEWEST)],
        lines=request_lines(next_calls(somebody, REQUESTS)),
    )
