"""Suggestions in the file of own data, and what becomes of them when somebody erases their account."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from hub.access.audience import Tlp
from hub.collaboration.inviting.forgetting import KEPT, forget_invitations
from hub.collaboration.models import RequestInvitation, RequestStatus
from hub.core.clock import now
from hub.core.database import session, transaction
from hub.matching.models import Dismissal, PartWeight, Strength, SuggestionRound, SuggestionTold
from hub.matching.parts import Emphasis, Part
from hub.members.service import subject_of
from hub.privacy.collecting import own_data
from hub.privacy.erasure import erase_account
from tests.catalogue.records import POLICE, make_scene, published
from tests.collaboration.requests import opened_request
from tests.factories import make_member

pytestmark = pytest.mark.db


def keep(*rows):
    with transaction():
        session().add_all(rows)


def erase(member):
    with transaction():
        erase_account(member)


def number_of(model):
    return session().scalar(select(func.count()).select_from(model))


def about(member, subject, words="Not ours.", purpose=""):
    """Store what is kept of one suggestion: that it was told, and set aside."""
    keep(
        SuggestionTold(member_id=member.id, subject=subject),
        Dismissal(member_id=member.id, subject=subject, purpose=purpose, reason="other", words=words),
    )


def test_the_file_names_what_may_be_seen_and_of_the_rest_the_day(database):
    scene = make_scene()
    ana = make_member()
    shown = published(scene).innovation
    hidden = published(scene, readership=POLICE).innovation
    red = opened_request(make_member(), receivers=[ana], tlp=Tlp.RED)
    about(ana, shown.subject, words="We have one.")
    about(ana, hidden.subject, words="Canary")
    about(ana, red.subject, words="Canary", purpose=hidden.subject)
    keep(
        PartWeight(member_id=ana.id, part=Part.COUNTRY, emphasis=Emphasis.LESS),
        SuggestionRound(member_id=ana.id, week=now().date()),
    )
    found = own_data(ana)["suggestions"]
    aside, told = found["match_dismissals.member_id"], found["suggestions_told.member_id"]
    # by the key of what was told, so in no order that says anything
    assert sorted(each.get("subject", "") for each in told) == ["", "", shown.subject]
    assert [each.get("words") for each in aside] == ["We have one.", None, None]
    assert all("purpose" not in each for each in aside)
    assert "Canary" not in str(found)
    assert found["match_weights.member_id"][0]["part"] == "country"
    assert found["suggestion_rounds.member_id"]


def test_nothing_is_left_of_who_leaves_with_themselves_or_with_others(database):
    ana, ben = make_member(), make_member()
    about(ana, subject_of(ben), words="I know Ben.")
    about(ben, "innovation:" + "i" * 22)
    keep(
        Strength(subject=subject_of(ben), innovation=1, person=2),
        PartWeight(member_id=ben.id, part=Part.COUNTRY, emphasis=Emphasis.LESS),
        SuggestionRound(member_id=ben.id, week=now().date()),
    )
    erase(ben)
    for model in (Dismissal, SuggestionTold, Strength, PartWeight, SuggestionRound):
        assert number_of(model) == 0, model


def test_invitations_to_who_leaves_go_and_those_that_they_sent_stay(database):
    ana, ben, colleague = make_member(), make_member(), make_member()
    request = opened_request(colleague)
    keep(
        RequestInvitation(request_id=request.id, member_id=ben.id, invited_by_id=ana.id),
        RequestInvitation(request_id=request.id, member_id=colleague.id, invited_by_id=ben.id),
    )
    erase(ben)
    (left,) = session().scalars(select(RequestInvitation))
    assert left.invited_by_id == ben.id


def test_invitations_are_forgotten_two_years_after_the_request_ended(database):
    open_one, ended = opened_request(), opened_request(status=RequestStatus.EXPIRED)
    keep(
        *(
            RequestInvitation(request_id=each.id, member_id=make_member().id, invited_by_id=each.posted_by_id)
            for each in (open_one, ended)
        )
    )
    with transaction():
        assert forget_invitations() == 0
    with transaction():
        ended.closed_at = now() - KEPT - timedelta(minutes=1)
    with transaction():
        assert forget_invitations() == 1
    (left,) = session().scalars(select(RequestInvitation))
    assert left.request_id == open_one.id
