"""Asking to have an organisation verified, and the desk where that is decided."""

from datetime import timedelta

import pytest

from hub.core.clock import now
from hub.core.database import session
from hub.organisations.models import MembershipRole, OrganisationDomain, OrganisationStatus
from hub.organisations.queries import memberships_of
from hub.vetting.models import VerificationStatus
from tests.factories import make_member
from tests.vetting.organisations.bodies import latest

ASK = "/organisations/watchful-eye/verification"


@pytest.fixture
def asker(newcomer, database):
    newcomer.domains = [OrganisationDomain(domain="eye.example")]
    return make_member("ana@eye.example", display_name="Ana", represents=[newcomer], email_confirmed_at=now())


@pytest.fixture
def asked(client, asker, newcomer):
    client.become(asker)
    assert client.submit(ASK, {"words": "Look at our website"}).location == ASK
    return latest(newcomer)


def desk(request):
    return f"/coordinate/organisations/{request.public_id}"


def test_asking_and_withdrawing(client, asked, text):
    page = client.get(ASK)
    assert all(each in text(page) for each in ("The request waits", "Look at our website"))
    assert client.act(ASK, {"words": "Again"}).status_code == 409
    assert client.submit(page, action=f"{ASK}/withdraw").location == ASK
    session().refresh(asked)
    assert asked.status is VerificationStatus.WITHDRAWN
    assert client.act(f"{ASK}/withdraw").status_code == 404


def test_words_are_needed(client, asker):
    client.become(asker)
    assert client.submit(ASK, {"words": " "}).status_code == 422


def test_others_may_not_ask_where_somebody_speaks_for_it(client, asker):
    client.become(make_member())
    assert client.get(ASK).status_code == 404


def test_who_asks_where_nobody_speaks_for_it_represents_it_afterwards(
    client, new_client, newcomer, coordinator
):
    newcomer.status = OrganisationStatus.LAPSED
    session().commit()
    member = make_member()
    client.become(member)
    assert client.submit(ASK, {"words": "I work there"}).status_code == 303
    other = new_client().become(make_member())
    page = other.get(ASK)
    assert "Somebody else asked to speak for it" in page.text
    assert "I work there" not in page.text
    assert other.act(f"{ASK}/withdraw").status_code == 404
    decider = new_client().become(coordinator)
    decider.submit(desk(latest(newcomer)), {"evidence": "Asked the office"})
    assert [each.role for each in memberships_of(member.id)] == [MembershipRole.REPRESENTATIVE]


def test_it_can_be_asked_again_only_near_the_end(client, newcomer, asker, text):
    newcomer.status, newcomer.verified_until = OrganisationStatus.VERIFIED, now() + timedelta(days=200)
    session().commit()
    client.become(asker)
    assert "in the last 60 days of its year" in text(client.get(ASK))
    assert client.act(ASK, {"words": "Now"}).status_code == 409


@pytest.mark.parametrize("who", [{"roles": ["coordinator"]}, {"focal_country": "GE"}])
def test_coordinators_and_the_focal_point_decide(new_client, asked, newcomer, who, text):
    decider = new_client().become(make_member(**who))
    line = decider.get("/coordinate/organisations")
    assert all(each in text(line) for each in ("Watchful Eye", "eye.example"))
    page = decider.get(desk(asked))
    assert "a confirmed address at eye.example" in text(page)
    assert "Look at our website" in text(page)
    answer = decider.submit(page, {"evidence": "The register", "is_article_36_authority": "yes"})
    assert answer.location == desk(asked)
    session().refresh(newcomer)
    assert newcomer.status is OrganisationStatus.VERIFIED
    assert newcomer.is_article_36_authority
    assert "The register" in text(decider.get(desk(asked)))
    assert new_client().get("/organisations/watchful-eye").status_code == 200


def test_declining_needs_words_that_the_asker_reads(client, new_client, asked, coordinator, text):
    decider = new_client().become(coordinator)
    address = f"{desk(asked)}/decline"
    assert decider.submit(desk(asked), {"words": ""}).status_code == 422
    assert (
        decider.submit(desk(asked), {"words": "It is not in the register"}, action=address).status_code == 303
    )
    assert "It is not in the register" in text(client.get(ASK))


def test_what_changed_meanwhile_is_not_verified_unseen(
    client, new_client, asked, newcomer, coordinator, text
):
    decider = new_client().become(coordinator)
    page = decider.get(desk(asked))
    client.submit("/organisations/watchful-eye/edit", {"name": "Ministry of Justice"})
    answer = decider.submit(page, {"evidence": "The register of that name"})
    assert answer.status_code == 409
    assert "Ministry of Justice" in text(answer)
    assert "The register of that name" in answer.text
    session().refresh(newcomer)
    assert newcomer.status is OrganisationStatus.UNVERIFIED


@pytest.mark.parametrize("who", [{"roles": ["coordinator"]}, {"focal_country": "GE"}])
def test_who_belongs_to_it_gets_the_stop_page(new_client, asked, newcomer, who, text):
    decider = new_client().become(make_member(belongs_to=[newcomer], **who))
    page = decider.get(desk(asked))
    assert "You have a conflict of interest here" in text(page)
    assert "Look at our website" not in page.text
    assert decider.act(f"{desk(asked)}/approve", {"evidence": "x"}).status_code == 403
    session().refresh(asked)
    assert asked.status is VerificationStatus.REQUESTED
    line = decider.get("/coordinate/organisations")
    assert "So somebody else must decide." in text(line)


def test_the_focal_point_of_another_country_sees_nothing(new_client, asked, text):
    other = new_client().become(make_member(focal_country="MD"))
    assert "Watchful Eye" not in text(other.get("/coordinate/organisations"))
    assert other.get(desk(asked)).status_code == 404
    assert other.act(f"{desk(asked)}/approve", {"evidence": "x"}).status_code == 404


def test_the_asker_decides_nothing(client, asked):
    assert client.get(desk(asked)).status_code == 404
    assert client.get("/coordinate/organisations").status_code == 403


def test_recusing_oneself(new_client, asked, coordinator, text):
    decider = new_client().become(coordinator)
    address = "/organisations/watchful-eye/recuse"
    assert decider.submit(address, {"words": "A friend works there"}).location == "/coordinate/organisations"
    assert "You have a conflict of interest here" in text(decider.get(desk(asked)))
    assert "You have a conflict of interest here" in text(decider.get(address))


def test_ending_a_verification(new_client, ledger, speaker, coordinator, text):
    address = "/organisations/open-ledger/end-verification"
    decider = new_client().become(coordinator)
    assert decider.submit(address, {"words": ""}).status_code == 422
    assert decider.submit(address, {"words": "It does not exist"}).location == "/organisations/open-ledger"
    session().refresh(ledger)
    assert ledger.status is OrganisationStatus.LAPSED
    assert "The verification lapsed" in text(decider.get("/organisations/open-ledger"))
    assert decider.get(address).status_code == 404
    assert new_client().become(make_member(focal_country="MD")).get(address).status_code == 404


def test_who_has_a_conflict_ends_no_verification(new_client, ledger, text):
    decider = new_client().become(make_member(roles=["coordinator"], represents=[ledger]))
    address = "/organisations/open-ledger/end-verification"
    assert "You have a conflict of interest here" in text(decider.get(address))
    assert decider.act(address, {"words": "x"}).status_code == 403


def test_what_one_cannot_see_cannot_be_asked_for(client, newcomer):
    client.become(make_member())
    assert client.get(ASK).status_code == 404
    assert client.act(ASK, {"words": "I work there"}).status_code == 404


def test_who_asked_in_vain_is_told_and_led_to_the_words(client, new_client, newcomer, coordinator, text):
    newcomer.status = OrganisationStatus.LAPSED
    session().commit()
    client.become(make_member())
    client.submit(ASK, {"words": "I work there"})
    request = latest(newcomer)
    decider = new_client().become(coordinator)
    answer = decider.submit(
        desk(request), {"words": "They know no such person"}, action=f"{desk(request)}/decline"
    )
    assert answer.status_code == 303
    page = client.get("/account/notifications")
    assert "Your request to speak for Watchful Eye was declined" in text(page)
    assert f'href="{ASK}"' in page.text
    make_member(represents=[newcomer])
    assert "They know no such person" in text(client.get(ASK))
