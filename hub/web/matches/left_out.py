"""Why something is not suggested, in words: what it is decides them where the reason alone would leave it open."""

from collections.abc import Mapping

from hub.collaboration.models import RequestStatus
from hub.collaboration.queries import request_by_id
from hub.core.i18n import N_
from hub.matching.explaining import Explanation
from hub.matching.facts import Kind
from hub.matching.suggesting.suggestion import LEFT_OUT_WORDS, LeftOut
from hub.web.i18n import translate
from hub.web.sessions import viewer

YOURSELF, YOURS = N_("That is you."), N_("It is yours.")

THEIR_SIDE: Mapping[bool, str] = {
    False: N_("It belongs to the same side as what this list is for."),
    True: N_("They belong to the same side as what this list is for."),
}
"""Where the list is for a thing; True of a person."""

ENDED: Mapping[Kind, str] = {
    Kind.INNOVATION: N_("It is archived, and what is archived is not suggested."),
    Kind.REQUEST: N_("It takes no responses now."),
    Kind.MEMBER: N_("They are not listed in the directory now."),
    Kind.ORGANISATION: N_("It is not verified, or nobody who speaks for it can be told."),
}
"""What no list suggests any more, by what it is."""

EXPIRED = N_("Its date is past, so it takes no responses.")


def left_out_words(explanation: Explanation, purpose: str) -> str:
    """Return why something is not suggested; nothing where it is.

    Args:
        explanation: what is said of it.
        purpose: for what it would be suggested; empty for the reader themselves.
    """
    reason, kind = explanation.left_out, explanation.kind
    if reason is None:
        return ""
    words = LEFT_OUT_WORDS[reason]
    if reason is LeftOut.OWN:
        is_person = kind is Kind.MEMBER
        words = THEIR_SIDE[is_person] if purpose else YOURSELF if is_person else YOURS
    elif reason is LeftOut.ENDED:
        is_expired = kind is Kind.REQUEST and _status(explanation.key) is RequestStatus.EXPIRED
        words = EXPIRED if is_expired else ENDED[kind]
    return translate(words)


def _status(key: str) -> RequestStatus:
    return request_by_id(key, viewer()).status
