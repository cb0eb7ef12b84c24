"""Walks a table of outcomes, written by hand, through the services: every action × person in one state.

A table names the people in lines that begin with a colon, then has a line for each action
with the states it stands for and what each person gets:

    ok      it is done        404  NotFoundError
    403     ForbiddenError    409  ConflictError      404x3 is 404 three times
    422     InvalidError
"""

from hub.audit.models import AuditEntry
from hub.core.database import session, transaction
from hub.core.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from tests.undoing import undone

NAMES = {NotFoundError: "404", ForbiddenError: "403", ConflictError: "409", InvalidError: "422"}


def read_table(text):
    """Return (action, state, person) to outcome."""
    lines = text.strip().splitlines()
    people = " ".join(line.removeprefix(":") for line in lines if line.startswith(":")).split()
    table = {}
    for action, states, outcomes in (line.split("|") for line in lines if not line.startswith(":")):
        cells = [cell for each in outcomes.split() for cell in _repeated(each)]
        assert len(cells) == len(people), f"{action} {states}"
        for state in states.split():
            for person, outcome in zip(people, cells, strict=True):
                assert (action.strip(), state, person) not in table, f"{action} {state} twice"
                table[action.strip(), state, person] = outcome
    return table


def _repeated(cell):
    """Return the outcome as often as it says: `404x3` is three times 404."""
    outcome, _, times = cell.partition("x")
    return [outcome] * int(times or 1)


def states_of(table):
    """Return the states of a table, each once, in order."""
    return list(dict.fromkeys(state for _action, state, _person in table))


def log_size():
    return session().query(AuditEntry).count()


def columns_of(thing):
    """Return every stored value of a row."""
    return {column.name: getattr(thing, column.name) for column in type(thing).__table__.columns}


def attempt(service, actor, thing):
    """Call a service; return its outcome and how many entries the log got."""
    before = log_size()
    outcome = "ok"
    try:
        with transaction():
            service(actor, thing)
    except tuple(NAMES) as error:
        outcome = next(name for kind, name in NAMES.items() if isinstance(error, kind))
    return outcome, log_size() - before


def walk(table, state, services, cast, make, leads=None):
    """Try every action as every person on things in `state`; return what differs from the table.

    Args:
        table: as `read_table` returns it.
        state: the state to walk.
        services: service by action, called with actor and thing.
        cast: people by name.
        make: makes a thing in the state; each change to it is undone.
        leads: where each action of the thing leads; otherwise as `LEADS` says.

    Returns:
        (action, person) to what happened, where the table says otherwise or a refusal changed something.
    """
    wrong = {}
    thing = make(cast)
    known = columns_of(thing)
    for (action, where, person), expected in table.items():
        if where != state:
            continue
        with undone(session()):
            outcome, logged = attempt(services[action], cast[person], thing)
            if outcome != expected:
                wrong[action, person] = outcome
            elif outcome != "ok" and (columns_of(thing) != known or logged):
                wrong[action, person] = "changed something"
            elif outcome == "ok" and not logged:
                wrong[action, person] = "left no trace"
            if outcome == "ok":
                own = {each: to for (name, each), to in LEADS.items() if name == type(thing).__tablename__}
                target = (own if leads is None else leads).get(action, thing.status)
                if thing.status != target:
                    wrong[action, person] = f"led to {thing.status}"
    return wrong


LEADS = {
    ("innovation_revisions", "submit"): "submitted",
    ("innovation_revisions", "take"): "in_review",
    ("innovation_revisions", "release"): "submitted",
    ("innovation_revisions", "widen"): "in_review",
    ("innovation_revisions", "request_changes"): "changes_requested",
    ("innovation_revisions", "decline"): "declined",
    ("innovation_revisions", "withdraw"): "withdrawn",
    ("evidence", "take"): "submitted",
    ("evidence", "release"): "submitted",
    ("evidence", "accept"): "accepted",
    ("evidence", "reject"): "rejected",
    ("evidence", "withdraw"): "withdrawn",
    ("evidence", "reopen"): "submitted",
    ("replications", "confirm"): "confirmed",
    ("replications", "take"): "evidenced",
    ("replications", "release"): "evidenced",
    ("replications", "verify"): "verified",
    ("replications", "dispute"): "disputed",
    ("replications", "answer"): "disputed",
    ("replications", "settle"): "claimed",
    ("replications", "withdraw"): "withdrawn",
    ("replications", "fail"): "failed",
    ("record_claims", "take"): "submitted",
    ("record_claims", "release"): "submitted",
    ("record_claims", "accept"): "accepted",
    ("record_claims", "decline"): "declined",
    ("record_claims", "withdraw"): "withdrawn",
    ("ownership_offers", "accept"): "accepted",
    ("ownership_offers", "decline"): "declined",
    ("ownership_offers", "withdraw"): "withdrawn",
    ("problem_reports", "take"): "submitted",
    ("problem_reports", "release"): "submitted",
    ("problem_reports", "answer"): "answered",
    ("innovation_proposals", "take"): "proposed",
    ("innovation_proposals", "release"): "proposed",
    ("innovation_proposals", "approve"): "approved",
    ("innovation_proposals", "decline"): "declined",
    ("innovation_proposals", "withdraw"): "withdrawn",
    ("innovations", "archive"): "archived",
    ("innovations", "restore"): "published",
}
"""Where each action leads, written by hand."""
