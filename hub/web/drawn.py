"""Small parts of pages that look the same each time: their macro draws them once in each language.

A page of results has more than a hundred of them, most as on the page before.
"""

from collections.abc import Callable, Hashable
from functools import lru_cache, partial

from flask import current_app
from markupsafe import Markup

from hub.web.i18n import language

MOST = 24_576
"""Parts that are kept; the boxes of all filters in all languages are most of them."""


def drawn(template: str, macro: str, *key: Hashable) -> Markup:
    """Return what a macro draws, kept in each language of the pages.

    Args:
        template: where the macro stands; it knows nothing of the request but the language.
        macro: its name.
        key: what it is called with. Addresses must not choose it freely, so that they cannot push out what is kept.
    """
    return _drawn(template, macro, language().code, *key)


def pen(template: str, macro: str) -> Callable[..., Markup]:
    """Return what draws like `drawn` in this request's language, for hundreds of parts of one page."""
    return partial(_drawn, template, macro, language().code)


@lru_cache(maxsize=MOST)
def _drawn(template: str, macro: str, _spoken: str, *key: Hashable) -> Markup:
    part: Markup = getattr(current_app.jinja_env.get_template(template).make_module(), macro)(*key)
    return part.strip()
