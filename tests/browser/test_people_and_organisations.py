"""What a new member meets: being found, speaking for an organisation, one mail a day, own data, and going for good."""

import io
import json
import subprocess
import time
import zipfile
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest
from babel.support import Translations
from playwright.sync_api import expect

from tests.browser.conftest import NARROW, WIDE
from tests.browser.newcomers import PASSWORD, newcomer
from tests.browser.outbox import ends_with_one_click, mails_to, opens_the_mail, words_of
from tests.browser.serving import HUB, ROOT

PATIENCE = 30

FOLLOWED = "Tender Lens (fictional)"
"""An innovation that everybody can read."""

IN_FRENCH = "Tender Lens (fictif)"
"""What its French translation calls it."""


@dataclass
class Story:
    """One telling, with names of its own.

    Args:
        told: what sets its names apart from those of the other tellings.
        skill: what its person knows, as the list has it, and nobody else of the demonstration who speaks `language`.
        language: what they speak, in English.
    """

    told: str
    skill: str
    language: str
    address: str = ""

    @property
    def name(self):
        return f"Wanjiru {self.told} (fictional)"

    @property
    def email(self):
        return f"wanjiru.{self.told}@ledger-{self.told}.example"

    @property
    def colleague(self):
        return f"colleague.{self.told}@ledger-{self.told}.example"

    @property
    def organisation(self):
        return f"Fictional Ledger Readers {self.told.title()}"

    @property
    def evidence(self):
        return f"Fictional: marks checked by hand, {self.told}"


@pytest.mark.parametrize(
    ("width", "scripts", "story"),
    [
        pytest.param(WIDE, True, Story("wide", "Asset tracing", "Swahili"), id="wide"),
        pytest.param(NARROW, False, Story("plain", "Statistics", "Amharic"), id="narrow without scripts"),
    ],
)
def test_a_new_member_is_found_speaks_for_an_organisation_follows_and_leaves(
    new_person, hub, width, scripts, story
):
    # the wide telling looks at each new page from all sides; the narrow one shows that no script is needed
    wanjiru, member, coordinator = (new_person(width, scripts=scripts, strict=False) for _ in range(3))
    public_id = newcomer(hub, story.email, story.name)
    wanjiru.opens("/sign-in")
    wanjiru.answers_sign_in(story.email, PASSWORD)

    the_start_page_names_one_next_step(wanjiru)
    completes_a_profile(wanjiru, story)
    member.signs_in("innovator")
    somebody_finds_them_by_a_skill_and_a_language(member, story)

    registers_an_organisation(wanjiru, story)
    coordinator.signs_in("coordinator3")
    a_coordinator_verifies_it(coordinator, story)
    invites_a_colleague(wanjiru, story)

    follows_an_innovation_and_wants_one_mail_a_day_in_french(wanjiru)
    somebody_shows_that_it_works(member, coordinator, story)
    mail = gets_one_mail(wanjiru, hub, story)
    ends_the_mails_with_one_click(wanjiru, hub, mail)

    takes_their_own_data(wanjiru, story)
    erases_the_account(wanjiru, story)
    they_are_gone_everywhere(wanjiru, member, story, public_id)
    and_all_else_is_whole(wanjiru, hub, story)


def looked_at(person):
    """Look at a new kind of page: for barriers, wide and narrow, and in the language that runs from right to left."""
    if not person.scripts:
        return
    person.strict = True
    person.looks()
    person.looks_from_all_sides()
    person.strict = False


def of_the_account(person, place):
    """Follow a link of the pages about one's own account."""
    person.opens("/account")
    person.follows(place, at=person.page.get_by_role("navigation", name="Your account"))


def the_start_page_names_one_next_step(wanjiru):
    assert wanjiru.passed[-1] == "/start"
    wanjiru.sees("A good next step", "You follow nothing yet.")
    looked_at(wanjiru)


def completes_a_profile(wanjiru, story):
    of_the_account(wanjiru, "Profile")
    wanjiru.sees("What is missing")
    looked_at(wanjiru)
    wanjiru.writes("Name", story.name)
    wanjiru.ticks("Members of the hub")
    wanjiru.writes("Your work in one line", "Reads the ledgers that nobody reads")
    wanjiru.chooses("Skills", story.skill)
    wanjiru.writes("Skills that the list lacks", f"Ledger archaeology {story.told}")
    wanjiru.chooses("Languages that you work in", story.language)
    wanjiru.presses("Save your profile")
    wanjiru.follows("A member")
    story.address = urlsplit(wanjiru.page.url).path
    wanjiru.sees(story.name, story.skill, story.language, f"Ledger archaeology {story.told}")
    wanjiru.follows("As everybody")
    wanjiru.sees("There is nothing here for everybody")


def somebody_finds_them_by_a_skill_and_a_language(member, story):
    member.goes_to("Members")
    looked_at(member)
    until = time.monotonic() + PATIENCE
    hits = member.main.get_by_role("link", name=story.name)
    while not hits.count() and time.monotonic() < until:
        member.opens(f"/members?q={story.skill} {story.language}")
    member.follows(story.name)
    member.sees("Reads the ledgers that nobody reads", story.skill, story.language)
    looked_at(member)


def registers_an_organisation(wanjiru, story):
    wanjiru.goes_to("Organisations")
    looked_at(wanjiru)
    wanjiru.opens("/organisations/new")
    looked_at(wanjiru)
    wanjiru.writes("Name", story.organisation)
    wanjiru.ticks("Civil society")
    wanjiru.chooses("Country", "Kenya")
    wanjiru.writes("Domains of its mail addresses", story.email.partition("@")[2])
    wanjiru.writes("Who pays for it", "Fictional: its members.")
    wanjiru.presses("Go on")
    if wanjiru.main.get_by_role("button", name="None of them: register it").count():
        wanjiru.presses("None of them: register it")
    wanjiru.is_told("Registered. You speak for it.")
    wanjiru.sees("Your confirmed address is at")
    wanjiru.writes("How can the hub see that this is right?", "Fictional: the register of associations.")
    wanjiru.presses("Ask for verification")
    wanjiru.is_told("Asked for.")


def a_coordinator_verifies_it(coordinator, story):
    coordinator.opens("/coordinate/organisations")
    looked_at(coordinator)
    coordinator.follows(story.organisation)
    coordinator.sees("a domain that the organisation gave", "Fictional: the register of associations.")
    looked_at(coordinator)
    coordinator.writes("What you looked at", "Fictional: its entry in the register.")
    coordinator.presses("Verify")
    coordinator.is_told("Verified for a year.")


def invites_a_colleague(wanjiru, story):
    of_the_account(wanjiru, "Organisations")
    wanjiru.follows(story.organisation)
    wanjiru.sees("Fictional: its members.")
    looked_at(wanjiru)
    wanjiru.follows("People")
    looked_at(wanjiru)
    wanjiru.writes("Email address", story.colleague)
    wanjiru.presses("Send the invitation")
    wanjiru.is_told("The invitation is on its way")
    opens_the_mail(wanjiru, story.colleague)
    wanjiru.sees(story.organisation)


def follows_an_innovation_and_wants_one_mail_a_day_in_french(wanjiru):
    wanjiru.opens(f"/innovations?q={FOLLOWED}")
    wanjiru.follows(FOLLOWED)
    wanjiru.presses("Follow")
    wanjiru.is_told("You follow this now")
    of_the_account(wanjiru, "Following")
    wanjiru.sees(FOLLOWED)
    looked_at(wanjiru)
    wanjiru.opens("/account/notifications/mail")
    looked_at(wanjiru)
    wanjiru.main.locator("[name=following][value=daily]").check(force=True)
    wanjiru.picks("Language of the mails", "Français")
    wanjiru.presses("Save")


def somebody_shows_that_it_works(member, coordinator, story):
    member.opens(f"/innovations?q={FOLLOWED}")
    member.follows(FOLLOWED)
    member.follows("Add evidence")
    member.ticks("Before and after", "No")
    member.writes("Title", story.evidence)
    member.writes("Year it tells of", "2025")
    member.writes("What it found", "Fictional: four of five marks were right.")
    member.writes("Web address", f"https://demo.example/marks-{story.told}")
    member.presses("Send to a coordinator")
    coordinator.goes_to("Review")
    item = coordinator.main.get_by_role("listitem").filter(has_text=story.evidence)
    coordinator.presses("Take", at=item)
    coordinator.presses("Accept")


def gets_one_mail(wanjiru, hub, story):
    """Have the digests of the day made, twice; return the one mail that came of it."""
    for _ in range(2):
        wanjiru.opens("/account/outbox-demo")
        wanjiru.presses("Send the digests that wait now")
    wanjiru.opens("/account/notifications")
    expect(wanjiru.main.get_by_role("listitem").filter(has_text=FOLLOWED)).to_have_count(1)
    looked_at(wanjiru)
    french = Translations.load(ROOT / "hub" / "translations", ["fr"])
    asked = "All your notifications"
    assert french.gettext(asked) != asked
    until, found = time.monotonic() + PATIENCE, []
    while not found and time.monotonic() < until:
        time.sleep(0.5)
        found = [each for each in mails_to(hub, story.email) if french.gettext(asked) in words_of(each)]
    (mail,) = found
    assert mail["Content-Language"] == "fr"
    assert IN_FRENCH in words_of(mail)
    return mail


def ends_the_mails_with_one_click(wanjiru, hub, mail):
    link = ends_with_one_click(hub, mail)
    wanjiru.opens("/account/notifications/mail")
    expect(wanjiru.main.locator("[name=following][value=daily]")).not_to_be_checked()
    wanjiru.opens(link)
    looked_at(wanjiru)


def takes_their_own_data(wanjiru, story):
    of_the_account(wanjiru, "Your data")
    looked_at(wanjiru)
    wanjiru.presses("Make a file of my data")
    until = time.monotonic() + PATIENCE
    while not wanjiru.main.get_by_role("button", name="Download").count() and time.monotonic() < until:
        time.sleep(0.5)
        wanjiru.opens("/account/privacy")
    with wanjiru.page.expect_download() as started:
        wanjiru.main.get_by_role("button", name="Download").click()
    with zipfile.ZipFile(io.BytesIO(started.value.path().read_bytes())) as archive:
        data = {name: archive.read(name).decode() for name in archive.namelist()}
    assert all(json.loads(text) is not None for name, text in data.items() if name.endswith(".json"))
    whole = "\n".join(data.values())
    for own in (story.email, "Reads the ledgers that nobody reads", story.organisation):
        assert own in whole
    for of_others in (story.colleague, "Sami A."):
        assert of_others not in whole


def erases_the_account(wanjiru, story):
    wanjiru.opens("/account/privacy")
    wanjiru.follows("See what would be erased")
    wanjiru.sees(story.organisation)
    looked_at(wanjiru)
    wanjiru.writes("Your email address", "somebody@else.example")
    wanjiru.presses("Erase my account for good")
    expect(wanjiru.main.locator(".govuk-error-summary")).to_be_visible()
    wanjiru.writes("Your email address", story.email)
    wanjiru.presses("Erase my account for good")
    assert wanjiru.passed[-1] == "/erased"
    looked_at(wanjiru)


def they_are_gone_everywhere(wanjiru, member, story, public_id):
    assert member.opens(story.address) == 404
    member.opens(f"/members?q={story.name}")
    expect(member.main.get_by_role("link", name=story.name)).to_have_count(0)
    member.opens(f"/organisations?q={story.organisation}")
    member.follows(story.organisation)
    member.does_not_see(story.name, public_id)
    member.sees("The verification lapsed")
    wanjiru.opens("/sign-in")
    wanjiru.answers_sign_in(story.email, PASSWORD)
    expect(wanjiru.main.locator(".govuk-error-summary")).to_be_visible()


def and_all_else_is_whole(wanjiru, hub, story):
    wanjiru.opens(f"/innovations?q={FOLLOWED}")
    wanjiru.follows(FOLLOWED)
    wanjiru.opens(f"{wanjiru.passed[-1]}/evidence")
    wanjiru.sees(story.evidence)
    done = subprocess.run(
        [*HUB, "audit", "verify"],
        cwd=ROOT,
        env={"HUB_INSTANCE": str(hub.instance)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
