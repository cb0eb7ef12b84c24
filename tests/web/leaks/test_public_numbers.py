"""Numbers, decisions and commitments are byte for byte the same, whether there is anything hidden or not."""

from hub.web.insights.charts import CHARTS
from tests.catalogue.cast import record_of
from tests.factories import make_member, make_profile
from tests.showcases.scenes import recorded_innovation
from tests.web.leaks.comparing import different, read
from tests.web.leaks.everything import hide_everything, make_viewers
from tests.web.leaks.promised import COUNTRY, UNOWNED, public_promise
from tests.web.leaks.stages import public_stage

MEASURED = "innovations_published"
"""The metric by which a hidden milestone is measured."""

NUMBERS = (
    *("/insights", *(f"/insights/{chart}.json" for chart in sorted(CHARTS))),
    *("/insights/metrics", "/insights/metrics.csv", "/insights/metrics.json"),
    *(f"/insights/metrics/{MEASURED}", f"/insights/metrics/{MEASURED}?part=country:{COUNTRY}"),
    *("/decisions", "/decisions.csv", "/decisions.json", "/decisions?recused=yes", "/decisions?eyes=two"),
    *("/commitments", "/commitments.csv", f"/commitments?country={COUNTRY}", "/commitments?view=plans"),
)
"""What is counted, decided and promised, as pages and as files."""


def test_numbers_decisions_and_commitments_say_nothing_of_what_is_hidden(browsers):
    people, cast = make_viewers()
    record_of(cast)
    make_profile(make_member())
    shown, stage, promise = recorded_innovation(), public_stage(), public_promise()
    opened = browsers({name: people[name] for name in ("visitor", "member")})
    pages = [*NUMBERS, f"/commitments/{promise.code}", f"/commitments/{UNOWNED}"]
    before = {name: read(each, pages) for name, each in opened.items()}
    assert {status for seen in before.values() for status, _told in seen.values()} == {200}
    hide_everything(cast, stage, shown, promise)
    assert different(before, {name: read(each, pages) for name, each in opened.items()}) == {}
