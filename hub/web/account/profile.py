"""One's own profile: what it says and for whom, and what happens when two windows save it."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from hub.core.database import transaction
from hub.core.errors import InvalidError, StaleVersionError
from hub.members.models import FieldAudience
from hub.members.profiles.completeness import completeness_of
from hub.members.profiles.queries import profile_of
from hub.members.profiles.service import save_profile
from hub.web.access import members_only
from hub.web.account.blueprint import account
from hub.web.account.profile_form import NAMES, ProfileForm, stored
from hub.web.catalogue.parts import shown_value
from hub.web.catalogue.stale import (
    chosen_fields,
    is_choice,
    opened_version,
    sent_pairs,
    sent_version,
    two_texts,
)
from hub.web.fields import HTTP_CONFLICT, HTTP_INVALID
from hub.web.sessions import actor

SAVED = {
    FieldAudience.NOBODY: _l("Saved. Nobody but you can read your page, and nobody finds it."),
    FieldAudience.LAW_ENFORCEMENT: _l("Saved. Verified law enforcement can read your page and find it."),
    FieldAudience.MEMBERS: _l("Saved. Members of the hub can read your page and find it."),
    FieldAudience.PUBLIC: _l("Saved. Everybody can read your page and find it, also without an account."),
}


@account.route("/account/profile", methods=["GET", "POST"])
@members_only
def profile() -> ResponseReturnValue:
    """Show one's own profile in a form, and save it."""
    member = actor()
    kept = stored(profile_of(member.id), member)
    if request.method == "GET":
        form = ProfileForm(formdata=None, data=kept)
        form.offer(member)
        return _page(form)
    form = ProfileForm(chosen_fields(kept))
    form.offer(member)
    if form.validate():
        details = form.details()
        try:
            with transaction():
                save_profile(actor(), details, version=sent_version())
        except StaleVersionError:
            return _stale_page()
        except InvalidError as error:
            form.refuse(error)
        else:
            flash(str(SAVED[details.audience]))
            return redirect(url_for("account.profile"), code=303)
    return _page(form), HTTP_INVALID


def _page(form: ProfileForm) -> str:
    member = actor()
    found = profile_of(member.id)
    return render_template(
        "account/profile.html",
        form=form,
        member=member,
        profile=found,
        completeness=completeness_of(found, member),
        version=opened_version(found.version if found else 0),
    )


def _stale_page() -> ResponseReturnValue:
    """Show what was typed beside what was saved from another window, and let the person choose field by field."""
    member = actor()
    found = profile_of(member.id)
    typed, saved = ProfileForm(), ProfileForm(formdata=None, data=stored(found, member))
    typed.offer(member)
    saved.offer(member)
    return (
        render_template(
            "account/profile_stale.html",
            texts=two_texts(NAMES, typed, saved, shown_value),
            pairs=[(name, value) for name, value in sent_pairs() if not is_choice(name)],
            version=found.version if found else 0,
        ),
        HTTP_CONFLICT,
    )
