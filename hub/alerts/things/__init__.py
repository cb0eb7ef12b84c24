"""What the things are called that notifications and follows name, for somebody who may know of them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from sqlalchemy import union_all

from hub.access.audience import Tlp, stricter
from hub.access.viewer import Viewer
from hub.alerts.things import people, records, requests, showcases
from hub.alerts.things.naming import Namer
from hub.core.database import session
from hub.vocabularies.loader import vocabulary

NAMED: Mapping[str, Namer] = MappingProxyType(
    {
        "innovation": records.innovations,
        "evidence": records.evidence,
        "replication": records.replications,
        "organisation": people.organisations,
        "member": people.members,
        "message": people.messages,
        "introduction": people.introductions,
        "verification": people.verifications,
        "request": requests.requests,
        "response": requests.responses,
        "question": requests.questions,
        "requirements": requests.requirements,
        "partnership": requests.partnerships,
        "step": requests.steps,
        "outcome": requests.outcomes,
        "conversation": requests.conversations,
        "conversation_message": requests.messages,
        "call": requests.calls,
        "showcase": showcases.showcases,
        "entry": showcases.entries,
        "slot": showcases.slots,
        "registration": showcases.registrations,
    }
)
"""How each kind of subject is looked up; countries need no look."""

NOTHING_ELSE: Mapping[str, Namer] = MappingProxyType({})


@dataclass(frozen=True)
class Thing:
    """Something that a notification or a follow is about, as one viewer may know it at this moment.

    Args:
        title: what it is called; empty where the viewer may open it, but not learn its name (who wrote a message). Of
            a country its code, which delivery puts into words.
        language: BCP 47 tag of the title, or None where it is a proper name.
        kind: what stands at its address, as `hub.mail.places` knows it.
        key: which one: public id, slug or code. Of an innovation the public id, also where it has a slug of its own:
            that one says what it is called. Of what belongs to a response `<request>/responses/<response>`; of entries
            and slots likewise, behind the random id of their showcase.
        tlp: its label now.
    """

    title: str
    language: str | None
    kind: str
    key: str
    tlp: Tlp = Tlp.CLEAR


def describe(
    subjects: Collection[str], viewer: Viewer, language: str = "", also: Mapping[str, Namer] = NOTHING_ELSE
) -> dict[str, Thing]:
    """Return what `subjects` are now, in one query however many there are.

    Args:
        subjects: as the audit log names them, such as `innovation:<public id>`; evidence and replications stand for
            their innovation, a verification for its organisation, what belongs to a request for the request, a
            registration for its showcase.
        viewer: who is told; what they may not know of is left out.
        language: BCP 47 tag of the reader's language; an innovation is called what its text there says.
        also: how further kinds of subject are looked up, which a package above this one knows.
    """
    keys: dict[str, set[str]] = {}
    for subject in subjects:
        kind, _, key = subject.partition(":")
        keys.setdefault(kind, set()).add(key)
    found = {f"country:{key}": Thing(key, None, "country", key) for key in _countries(keys)}
    namers = {**NAMED, **also}
    selects = [namer(sorted(keys[kind]), viewer) for kind, namer in namers.items() if kind in keys]
    if not selects:
        return found
    best: dict[str, int] = {}
    for row in session().execute(union_all(*selects) if len(selects) > 1 else selects[0]):
        fit = _fit(row.language, language, is_source=bool(row.is_source))
        if fit > best.get(row.subject, -1):
            best[row.subject] = fit
            label = stricter(Tlp(row.tlp), Tlp(row.also_tlp))
            found[row.subject] = Thing(row.title, row.language, row.kind, row.key, label)
    return found


def _countries(keys: dict[str, set[str]]) -> Iterable[str]:
    known = vocabulary("countries")
    return (key for key in sorted(keys.get("country", ())) if key in known)


def _fit(language: str | None, wanted: str, *, is_source: bool) -> int:
    """Return how well a text suits a reader: their language, one of its family, the source."""
    if language and wanted:
        if language == wanted:
            return 3
        if language.partition("-")[0] == wanted.partition("-")[0]:
            return 2
    return int(is_source)
