"""Where the numbers of metrics lead: lists that hold what is counted."""

import pytest

from hub.web.insights.counted import seen_at


@pytest.mark.parametrize(
    ("key", "breakdown", "address"),
    [
        ("innovations_level_3", "", "/innovations?evidence=3%2B"),
        ("innovations_published", "country:GE", "/insights/metrics/innovations_published?part=country:GE"),
        ("members_public", "member_type:civil_society", "/members?type=civil_society"),
        ("replications_confirmed", "country:GE", "/countries/GE#replications"),
        ("replications_confirmed", "", "/insights/metrics/replications_confirmed"),
        ("showcases_held", "", "/showcases?state=held"),
    ],
)
def test_a_number_leads_to_its_list_or_to_the_page_of_its_metric(app, key, breakdown, address):
    with app.test_request_context():
        assert seen_at(key, breakdown) == address
