"""Why each innovation was found, in sentences."""

from flask_babel import lazy_gettext as _l

from hub.catalogue.documents import documents_of
from hub.search.documents import Results
from hub.search.reasons import Reason, reasons
from hub.web.catalogue.labels import LABELS
from hub.web.i18n import listed, translate
from hub.web.sessions import viewer

FIELDS = {
    **LABELS,
    "classification": _l("Classification"),
    "organisation": _l("Responsible organisation"),
}
"""What the fields of a search document are called."""


def reasons_for(results: Results) -> dict[str, list[str]]:
    """Return why each innovation of a page was found, by public id; nothing where no words were searched."""
    plan = results.plan
    if plan is None or not results.terms:
        return {}
    return {
        public_id: [_sentence(each) for each in reasons(document, plan)]
        for public_id, document in documents_of(results.ids, viewer()).items()
    }


def _sentence(reason: Reason) -> str:
    fields = listed(str(FIELDS.get(name, name)) for name in reason.fields)
    # the same word in capitals says nothing more
    alike: dict[str, str] = {}
    for word in reason.found:
        alike.setdefault(word.casefold(), word)
    found = listed(translate("“%(words)s”", words=word) for word in alike.values())
    if not reason.is_other:
        return translate(
            "%(words)s in: %(fields)s",
            words=found or translate("“%(words)s”", words=reason.asked),
            fields=fields,
        )
    return translate(
        "For “%(asked)s”, %(words)s in: %(fields)s", asked=reason.asked, words=found, fields=fields
    )
