"""A small catalogue in several languages, public and not."""

from hub.search.documents import Collection, Document
from tests.search.conformance.engines import written
from tests.search.samples import PUBLIC

RECORDS = [
    written(
        "lens",
        {
            "en": {
                "name": "Tender Lens",
                "short_description": "Marks red flags in public tenders",
                "description": "Reads procurement notices every night. Flags that are red stand first.",
            },
            "fr": {"name": "Loupe des marchés", "description": "Signale les appels d'offres truqués."},
        },
        country="GE ID",
        kind="software",
        stage="stable",
        evidence="3",
        standard="ocds",
        licence="MIT",
        language="en fr",
        level=3,
    ),
    written(
        "register",
        {
            "en": {
                "name": "Open Register",
                "short_description": "Who owns companies",
                "description": "A register of each beneficial owner; procurement officers look owners up.",
            }
        },
        country="UA",
        kind="data",
        stage="beta",
        evidence="1",
        standard="bods",
        licence="AGPL-3.0-only",
        language="en",
        level=1,
    ),
    written(
        "line",
        {
            "en": {
                "name": "Border Line",
                "description": "Travellers tell of bribery at borders; e-procurement is not its subject.",
            },
            "ka": {"name": "საზღვრის ხაზი", "description": "მოგზაურები ყვებიან ქრთამის შესახებ."},
        },
        country="GE",
        kind="method",
        stage="pilot",
        evidence="0",
        language="ka",
    ),
    written(
        "training",
        {
            "de": {
                "name": "Vergabeprüfung",
                "description": "Schulungen gegen Korruption in der Auftragsvergabe; rote Flaggen erkennen.",
            },
            "id": {"description": "Pelatihan untuk mencegah penyuapan dalam pengadaan."},
        },
        country="DE",
        kind="training",
        stage="stable",
        evidence="2",
        language="de id",
        level=2,
    ),
    written(
        "secret",
        {"en": {"name": "Quiet Canary", "description": "Zanzibar tenders watched by the police."}},
        labels=frozenset({"le"}),
        country="FR",
        kind="data",
        evidence="5",
    ),
    Document(
        "member:ada", PUBLIC, {"en": {"name": "Ada Tender"}}, {"country": ("GE",)}, {}, Collection.MEMBERS
    ),
]
