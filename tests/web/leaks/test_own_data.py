"""The file of one's own data holds nothing of what its owner may not see on the hub."""

import json

import pytest

from hub.privacy.collecting import own_data
from tests.web.leaks.planting import plant
from tests.web.leaks.seen import SEEN
from tests.web.leaks.words import COLUMNS, MARK


@pytest.mark.db
def test_own_data_holds_what_the_table_lets_its_owner_see(hub):
    plant(hub.rows)
    for name, member in hub.people.items():
        if member is None:
            continue
        words = MARK.findall(json.dumps(own_data(member), ensure_ascii=False).lower())
        columns = {COLUMNS[each] for each in words if each in COLUMNS}
        assert sorted(each for each in columns if name not in SEEN.get(each, ())) == [], name
