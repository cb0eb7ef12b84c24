"""The page that sets two to four innovations side by side."""

from dataclasses import dataclass

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from hub.catalogue.side_by_side import innovations_by_key, strictest
from hub.core.clock import now
from hub.core.errors import TooManyError
from hub.web.access import public
from hub.web.catalogue.choices import asked_country, country_options
from hub.web.comparing.table import compare
from hub.web.context import moment
from hub.web.limits import SEARCHES, browser, spend
from hub.web.redirects import back_to
from hub.web.sessions import viewer

comparing = Blueprint("comparing", __name__)

MOST, FEWEST = 4, 2


@comparing.get("/innovations/compare")
@public
def show() -> ResponseReturnValue:
    """Compare what the address names; what is hidden or not there is left out, as if nobody had asked for it."""
    spend(SEARCHES, TooManyError.default, key=browser())
    somebody = viewer()
    found = innovations_by_key(request.args.getlist("slug"), somebody)
    chosen, rest = found[:MOST], found[MOST:]
    country = asked_country()
    comparison = compare(chosen, somebody, country)
    is_short = request.args.get("only") == "differences" and len(chosen) >= FEWEST
    return render_template(
        "comparing/show.html",
        comparison=comparison,
        shown=comparison.only_differences() if is_short else comparison,
        is_short=is_short,
        country=country,
        countries=country_options(),
        # those left out are named on the sheet
        label=strictest(found),
        rest=rest,
        most=MOST,
        address=Address(
            [each.slug for each in chosen],
            request.args.get("country"),
            back_to("catalogue.search", request.args.get("back")) or None,
        ),
        made_at=moment(now()),
    )


@dataclass(frozen=True)
class Address:
    """Links to the same comparison with something changed; `back` leads to the results it came from, if to any."""

    slugs: list[str]
    country: str | None
    back: str | None

    def without(self, slug: str) -> str:
        """Return the address without one innovation."""
        rest = [each for each in self.slugs if each != slug]
        return url_for("comparing.show", slug=rest, country=self.country, back=self.back)

    def all_rows(self) -> str:
        """Return the address that shows every row."""
        return url_for("comparing.show", slug=self.slugs, country=self.country, back=self.back)

    def differences(self) -> str:
        """Return the address that leaves out the rows in which they agree."""
        return url_for(
            "comparing.show", slug=self.slugs, country=self.country, only="differences", back=self.back
        )

    def shortlist(self) -> str:
        """Return the address where all of them are put on a shortlist."""
        return url_for("shortlists.add", slug=self.slugs, back=self.back)
