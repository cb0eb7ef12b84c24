"""How often one wants each topic mailed, and in which language the hub writes."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from wtforms import Field, Form, RadioField, ValidationError

from hub.core.database import transaction
from hub.notifications.kinds import FREQUENCY_NAMES, TOPIC_NAMES
from hub.notifications.models import Frequency, Topic
from hub.notifications.queries import preferences_of
from hub.notifications.service import choose_frequency, choose_language
from hub.web.access import signed_in
from hub.web.account.blueprint import account
from hub.web.asking import ask
from hub.web.fields import CodeField, HubForm, filled
from hub.web.i18n import PSEUDO, languages, translate
from hub.web.sessions import actor

OFFERED = {Topic.MATCHES: (Frequency.WEEKLY, Frequency.OFF)}
"""How often topics can be mailed that are not mailed at any frequency: suggestions are looked for once a week."""

SENT_AS = {Topic.MATCHES: "suggestions"}
"""Names of fields where that of the topic would hide from scripts what every form has: `form.matches` is a method."""


def _topic_field(topic: Topic) -> RadioField:
    offered = OFFERED.get(topic, tuple(Frequency))

    def choices() -> list[tuple[str, str]]:
        return [(each.value, translate(FREQUENCY_NAMES[each])) for each in offered]

    def is_offered(_form: Form, field: Field) -> None:
        if field.data not in offered:
            raise ValidationError(translate("Choose how often."))

    return RadioField(
        _l(TOPIC_NAMES[topic]),
        choices=choices,
        validators=[is_offered],
        validate_choice=False,
        name=SENT_AS.get(topic),
    )


class MailForm(HubForm):
    """One choice for each topic, and the language."""

    messages = _topic_field(Topic.MESSAGES)
    records = _topic_field(Topic.RECORDS)
    collaboration = _topic_field(Topic.COLLABORATION)
    showcases = _topic_field(Topic.SHOWCASES)
    matches = _topic_field(Topic.MATCHES)
    commitments = _topic_field(Topic.COMMITMENTS)
    organisations = _topic_field(Topic.ORGANISATIONS)
    following = _topic_field(Topic.FOLLOWING)
    desk = _topic_field(Topic.DESK)
    account = _topic_field(Topic.ACCOUNT)
    language = CodeField(
        _l("Language of the mails"),
        choices=lambda: [(each.code, each.name) for each in languages() if each is not PSEUDO],
        validators=[filled(_l("Choose a language."))],
    )


@account.route("/account/notifications/mail", methods=["GET", "POST"])
@signed_in
def notification_mails() -> ResponseReturnValue:
    """Show and keep how often what is mailed."""
    present = preferences_of(actor().id)
    chosen = {topic.value: frequency.value for topic, frequency in present.items()}
    form = MailForm(language=actor().language, **chosen)

    def act() -> ResponseReturnValue:
        with transaction():
            member = actor()
            for topic in Topic:
                frequency = Frequency(form[topic.value].data)
                if frequency is not present[topic]:
                    choose_frequency(member, topic, frequency)
            choose_language(member, form.language.data)
        flash(translate("Saved. It counts from now on."))
        return redirect(url_for("account.notification_mails"), code=303)

    return ask(
        form,
        act,
        lambda: render_template("account/notification_mails.html", form=form, topics=[*Topic]),
    )
