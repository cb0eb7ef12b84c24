"""Who reaches each thing, in a hub that has one of everything: the others get what a thing that never was gets."""

import re
from itertools import count
from zlib import crc32

import pytest

from hub.privacy.archive import exports_folder, path_of
from tests.architecture.access.community import EXPORT
from tests.architecture.access.posted import FILE
from tests.architecture.access.staged import SLIDES
from tests.architecture.access.table import DOORS
from tests.architecture.access.things import NO_THING, STOPPED, THINGS
from tests.architecture.access.viewers import EVERYBODY, NOBODY, SIGNED_IN
from tests.architecture.access.world import ABSENT, make_world
from tests.undoing import undone
from tests.web.refusals import walk_quickly

PLACES = {"<key>": "name", "<int:number>": "1", "<language>": "ka", "<kind>": "claims"}

ON_POSTGRES = frozenset({"party"})
"""Viewers for whom the table is compared on PostgreSQL too (decision 0043)."""

SAMPLE = 10
"""Of the routes at whose door somebody is turned away every tenth is asked for its things: no view runs there, which
`test_doors` shows of each, so that what is behind it cannot tell."""

REFUSED = 3
"""Each thing is asked for by every third of those who are refused it, by one at least: they get what a thing that never
was gets, and which condition refuses them is compared with the rules for every viewer elsewhere (`test_visibility`)."""

CHANGING = re.compile(r'name="csrf_token" value="[^"]+"')

ACTIONS = {
    "/propose/": "take-down",
    "/abuse/": "dismiss",
    "/terms/": "keep",
    "/coordinate/commitments/": "accept",
    "": "approve",
}
"""Each kind of decision has its own words at the place of the action; the first that fits counts."""

PARTS = {"/collaboration/": "what", "/coordinate/showcases/": "about"}
"""A part of a draft, at the place of the key; drafts of records have the part that `PLACES` names."""

REACHES = {200, 301, 302, 303, 409, 422}
STOPS = {403, 409}
TELLS_NOTHING = {303, 404, 410}

STOP = "You have a conflict of interest here"
"""Stands on the page in place of a thing that somebody with a conflict opened."""


def address(route, places):
    """Return the address of a thing."""
    path = route.split(" ")[1]
    is_accepted = "<kind>" in path and places.get("<kind>") != "proposals"
    action = "accept" if is_accepted else next(word for part, word in ACTIONS.items() if part in path)
    key = {"<key>": next((word for part, word in PARTS.items() if path.startswith(part)), "name")}
    for place, word in (PLACES | key | places | {"<action>": action}).items():
        path = path.replace(place, word)
    return f"{path}?decision=accept" if path.endswith(("/decide", "/decide-several")) else path


def absent(places):
    """Return the places of a thing that is not there, of the same kind."""
    return {place: word if place == "<kind>" else ABSENT for place, word in places.items()}


def is_turn_of(name, refused, thing):
    """Whether it is this viewer's turn to ask for a thing that they, and others behind the same door, are refused."""
    if name not in refused:
        return True  # already turned away at the door
    turn = crc32(thing.encode()) % min(REFUSED, len(refused))
    return sorted(refused).index(name) % REFUSED == turn


def store_export(instance):
    """Store the file that the one export names."""
    exports_folder(instance).mkdir(exist_ok=True)
    path_of(instance, EXPORT).write_text("own data")


def store_files(instance):
    """Store the file that was sent with a message, and the slides of an entry."""
    for name in (FILE, SLIDES):
        path = instance.absolute() / "uploads" / name[:2] / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("a file")


def chosen_for(route, world):
    """Return what is typed where nothing would be found without it."""
    if route.endswith("/invite"):
        return {"kind": "member", "key": world.places["profile"]["<public_id>"]}
    return {"role": "member"} if route.endswith("/change-role") else {}


@pytest.fixture
def ask(client, database, monkeypatch):
    """Send a request as whoever the client is, and undo what it did; return status, target and page."""
    walk_quickly(monkeypatch)
    client.nags = False  # parsing takes longer than answering, and these pages are nagged at elsewhere
    token = client.token()

    def send(route, places, chosen):
        path = address(route, places)
        with undone(database):
            answer = client.open(path, method=route.split(" ")[0], data={"csrf_token": token, **chosen})
        if answer.location:
            client.get("/no-such-page")  # shows the message that would stand on the next page
        told, location = CHANGING.sub("", answer.text), (answer.location or "").replace(path, "THING")
        for word in places.values():
            told, location = told.replace(word, "THING"), location.replace(word, "THING")
        answer.close()
        return answer.status_code, location, told

    return send


def test_every_route_with_a_thing_in_its_address_is_in_the_table():
    named = {route for route in DOORS if "<" in route} - NO_THING
    assert sorted(named - set(THINGS)) == []
    assert sorted(set(THINGS) - named) == []


def test_the_rows_name_viewers_and_no_more():
    for rows in (*THINGS.values(), *STOPPED.values()):
        assert not frozenset().union(*rows.values()) - EVERYBODY


@pytest.mark.db(name=ON_POSTGRES)
@pytest.mark.parametrize("name", sorted(EVERYBODY))
def test_things_are_reached_by_whom_the_table_names(client, ask, database, routes, name):
    world = make_world()
    instance = client.application.extensions["hub"].settings.instance
    store_export(instance)
    store_files(instance)
    if world.people[name]:
        client.become(world.people[name])
    never = {}
    unexpected = []
    turned_away = count()
    for route, row in THINGS.items():
        if route not in routes or (name not in DOORS[route] and next(turned_away) % SAMPLE):
            continue
        # visitors choose nothing: what they typed would be shown to them beside the way to sign in
        chosen = chosen_for(route, world) if name in SIGNED_IN else {}
        for thing, reached in row.items():
            stopped = STOPPED.get(route, {}).get(thing, NOBODY)
            if name not in reached | stopped and not is_turn_of(
                name, DOORS[route] - reached - stopped, thing
            ):
                continue
            places = {place: word for place, word in world.places[thing].items() if place in route}
            told = ask(route, places, chosen)
            if route not in never or "<kind>" in places:
                never[route] = ask(route, absent(places), chosen)
            if name in reached:
                is_right = told[0] in REACHES and told != never[route]
            elif name in stopped:
                is_right = told[0] in STOPS or (told[0] == 200 and STOP in told[2])
            else:
                is_right = told == never[route] and told[0] in TELLS_NOTHING
            if not is_right:
                unexpected.append(f"{route} of {thing}: {told[0]}, a missing one {never[route][0]}")
    assert not unexpected, f"{name}:\n" + "\n".join(unexpected)
