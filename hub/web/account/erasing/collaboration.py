"""What becomes of open requests and responses when somebody erases their account, in words."""

from collections.abc import Iterable, Iterator

from flask import url_for
from flask_babel import ngettext

from hub.collaboration.departing import OpenCollaboration
from hub.collaboration.models import CollaborationRequest
from hub.web.account.erasing.fate import MOST_NAMED, Fate, Named


def fates_of_collaboration(work: OpenCollaboration) -> Iterator[Fate]:
    """Yield what becomes of what somebody began in collaboration and nobody else can go on with."""
    drafts = len(work.drafts) + len(work.response_drafts)
    if drafts:
        yield Fate(
            ngettext(
                "%(num)s draft of a request or response", "%(num)s drafts of requests and responses", drafts
            ),
            ngettext("It is deleted.", "They are deleted.", drafts),
        )
    if work.requests:
        number = len(work.requests)
        yield Fate(
            ngettext("%(num)s request for a partner", "%(num)s requests for partners", number),
            ngettext(
                "It is closed, and who responded is told. Make a colleague a representative of the organisation first"
                " if it shall go on.",
                "They are closed, and who responded is told. Make a colleague a representative of the organisation"
                " first if they shall go on.",
                number,
            ),
            _requests(work.requests),
        )
    if work.responses:
        number = len(work.responses)
        yield Fate(
            ngettext("%(num)s response that waits", "%(num)s responses that wait", number),
            ngettext("It is withdrawn.", "They are withdrawn.", number),
            _requests(each.request for each in work.responses),
        )
    if work.partnerships:
        number = len(work.partnerships)
        yield Fate(
            ngettext("%(num)s partnership", "%(num)s partnerships", number),
            ngettext("The other side is told.", "The other sides are told.", number),
            _requests(each.request for each in work.partnerships),
        )
    asked = len(work.questions) + len(work.calls)
    if asked:
        yield Fate(
            ngettext("%(num)s question or call for help", "%(num)s questions and calls for help", asked),
            ngettext("It is withdrawn.", "They are withdrawn.", asked),
        )
    if work.held:
        number = len(work.held)
        yield Fate(
            ngettext(
                "%(num)s matter of a request that you took",
                "%(num)s matters of requests that you took",
                number,
            ),
            ngettext("It goes back to the others.", "They go back to the others.", number),
        )


def _requests(requests: Iterable[CollaborationRequest]) -> tuple[Named, ...]:
    return tuple(
        Named(each.title, each.language, url_for("collaboration.show", public_id=each.public_id))
        for each in list(dict.fromkeys(requests))[:MOST_NAMED]
    )
