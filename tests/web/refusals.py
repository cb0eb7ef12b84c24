"""Makes a walk over the whole hub cheaper: who asks is looked up once, and each different refusal is rendered once."""

from flask import g, render_template, session as form_session

from hub.integrity.viewers import viewer_of
from hub.web.i18n import language


def walk_quickly(monkeypatch):
    """Have error pages and viewers remembered during one test, which asks for far more than it is let see.

    A page is rendered anew for anything else that it says: other words, something typed, another cookie of the forms,
    somebody else. So a refusal that betrays a thing stays a page of its own. Who asks stays who they are as long as
    the test takes back what each request stored.
    """
    pages, viewers = {}, {}

    def rendered(template, **words):
        cookie = dict(form_session)
        asks = getattr(g.get("viewer"), "member_id", None)
        key = repr((template, words, cookie, asks, g.get("has_no_account"), language().code))
        if key not in pages:
            page = render_template(template, **words)
            # one that shows a message or gives out the first token of a form is nobody else's
            if dict(form_session) != cookie:
                return page
            pages[key] = page
        return pages[key]

    def viewer(member):
        if member is None:
            return viewer_of(member)
        if member.id not in viewers:
            viewers[member.id] = viewer_of(member)
        return viewers[member.id]

    monkeypatch.setattr("hub.web.errors.render_template", rendered)
    monkeypatch.setattr("hub.web.sessions.viewer_of", viewer)
