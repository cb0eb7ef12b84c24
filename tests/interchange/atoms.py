"""What RFC 4287 asks of an Atom feed, checked piece by piece."""

import re
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

ATOM = "{http://www.w3.org/2005/Atom}"

MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")

ONCE = ("id", "title", "updated")


def check(document):
    """Return the root of a feed that is valid; fail where it is not."""
    root = ET.fromstring(document)
    assert root.tag == f"{ATOM}feed"
    entries = root.findall(f"{ATOM}entry")
    has_author = root.find(f"{ATOM}author") is not None
    for each in (root, *entries):
        for name in ONCE:
            (found,) = each.findall(f"{ATOM}{name}")
            assert found.text.strip()
        assert urlsplit(each.findtext(f"{ATOM}id")).scheme
        for name in ("updated", "published"):
            for moment in each.findall(f"{ATOM}{name}"):
                assert MOMENT.fullmatch(moment.text)
        links = [(one.get("rel"), one.get("type")) for one in each.findall(f"{ATOM}link")]
        assert len(links) == len(set(links))
        assert all(urlsplit(one.get("href")).netloc for one in each.findall(f"{ATOM}link"))
        assert ("alternate", "text/html") in links
        assert each.find(f"{ATOM}author") is not None or has_author
        assert all(one.findtext(f"{ATOM}name").strip() for one in each.findall(f"{ATOM}author"))
    ids = [each.findtext(f"{ATOM}id") for each in entries]
    assert len(ids) == len(set(ids))
    moments = [each.findtext(f"{ATOM}updated") for each in entries]
    assert not moments or root.findtext(f"{ATOM}updated") == max(moments)
    assert sum(one.get("rel") == "self" for one in root.findall(f"{ATOM}link")) == 1
    return root
