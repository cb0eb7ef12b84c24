"""How a showcase is opened, joined and proposed for, step by step."""

from dataclasses import dataclass

from tests.browser.test_collaboration import days_from_now

EVIDENCE, ELSEWHERE = "Evidence that it works", "Can be used elsewhere"


@dataclass
class Story:
    """What this telling is about."""

    name: str
    guest: str
    slug: str = ""

    @property
    def address(self):
        return f"/showcases/{self.slug}"

    @property
    def desk(self):
        return f"/coordinate/showcases/{self.slug}"


def a_coordinator_opens_a_showcase(amal, story):
    amal.opens("/coordinate/showcases")
    amal.follows("Begin a showcase")
    amal.writes("Name", story.name)
    amal.writes("Host event", "Fictional Week of Auditors")
    amal.ticks("On site")
    amal.chooses("Country", "Norway")
    amal.writes("City", "Bergen")
    amal.presses("Begin the draft")
    amal.sees("Fill in the parts")
    story.slug = amal.passed[-1].rpartition("/")[2]
    says_what_it_is(amal)
    says_when_and_for_whom(amal)
    says_by_what_entries_are_chosen(amal)
    amal.presses("Open the call")
    amal.is_told("Its audience sees it now")
    story.slug = amal.passed[-1].rpartition("/")[2]


def says_what_it_is(amal):
    amal.follows("What it is")
    amal.writes("Summary", "Fictional: three methods in a morning.")
    amal.writes("Description", "Fictional: short talks, long breaks.")
    amal.presses("Save and continue")
    amal.writes("Venue", "Fictional House of the Fjord")
    amal.presses("Save and continue")


def says_when_and_for_whom(amal):
    for label, moment in (("First day", "09:00"), ("Last day", "13:00")):
        amal.writes(label, days_from_now(30))
        amal.writes("Begins at" if label == "First day" else "Ends at", moment)
    amal.presses("Save and continue")
    amal.writes("Accessibility", "Fictional: step-free, a hearing loop, a quiet room.")
    amal.chooses("Languages spoken or interpreted", "Norwegian Bokmål")
    amal.presses("Save and continue")
    amal.ticks("Nobody but the organisers pays or gives anything")
    amal.presses("Save and continue")
    amal.ticks("Everybody", "TLP:CLEAR")
    amal.presses("Save and continue")


def says_by_what_entries_are_chosen(amal):
    amal.writes("What you look for", "Fictional: methods that found something.")
    amal.writes("Last day for entries", days_from_now(10))
    amal.writes("Until which time that day", "23:59")
    amal.presses("Save and continue")
    for name, weight in ((EVIDENCE, 3), (ELSEWHERE, 2)):
        row = amal.main.get_by_role("group", name=f"Criterion {1 if weight == 3 else 2}")
        row.get_by_label("Name").fill(name)
        row.get_by_label("Weight").fill(str(weight))
    amal.presses("Save and continue")
    amal.ticks("Yes")
    amal.writes("Last day for registration", days_from_now(29))
    amal.writes("Until which time that day", "12:00")
    amal.writes("Places on site", "2")
    amal.ticks("Ask people what they need to take part")
    amal.presses("Save and check everything")


def joins_the_team(curator, story):
    curator.opens("/coordinate/showcases")
    others = curator.main.get_by_role("listitem").filter(has_text=story.name)
    curator.presses("Join the team", at=others)
    curator.is_told("You are on the team")


def proposes_an_innovation(owner, story, innovation, pitch):
    owner.opens("/showcases")
    owner.follows(story.name)
    owner.follows("Propose an innovation")
    owner.ticks(innovation)
    owner.writes("Why should people see it?", pitch)
    owner.ticks("Talk", "I do")
    owner.presses("Save the draft")
    owner.is_told("Nobody but your side sees it")
    owner.presses("Propose the entry")
    owner.sees("Proposed on", pitch)
