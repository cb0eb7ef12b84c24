"""How showcases, entries, presenters, registrations and proposals move from state to state, nowhere else."""

from hub.core.lifecycle import Lifecycle, Transition
from hub.integrity.four_eyes import ProposalStatus
from hub.showcases.models import EntryStatus, PresenterStatus, RegistrationStatus, SeatStatus, ShowcaseStatus
from hub.showcases.permissions import (
    answers_for,
    can_admit,
    can_decide_feature,
    can_judge,
    can_withdraw_feature,
    is_on_team,
    is_registrant,
    speaks_as,
)


def _nobody(*_: object) -> bool:
    """Return False: the step follows from another one, or from the clock."""
    return False


SHOWCASES = Lifecycle(
    (
        Transition("open_call", frozenset({ShowcaseStatus.DRAFT}), ShowcaseStatus.CALL_OPEN, is_on_team),
        # a past showcase from public sources never had a call here
        Transition("record", frozenset({ShowcaseStatus.DRAFT}), ShowcaseStatus.REPORTED, is_on_team),
        # also by the clock, when the call closes
        Transition("close_call", frozenset({ShowcaseStatus.CALL_OPEN}), ShowcaseStatus.REVIEW, is_on_team),
        Transition("reopen_call", frozenset({ShowcaseStatus.REVIEW}), ShowcaseStatus.CALL_OPEN, is_on_team),
        Transition(
            "publish", frozenset({ShowcaseStatus.REVIEW}), ShowcaseStatus.PROGRAMME_PUBLISHED, is_on_team
        ),
        # by the clock
        Transition("go_live", frozenset({ShowcaseStatus.PROGRAMME_PUBLISHED}), ShowcaseStatus.LIVE, _nobody),
        Transition("close", frozenset({ShowcaseStatus.LIVE}), ShowcaseStatus.CLOSED, _nobody),
        Transition("report", frozenset({ShowcaseStatus.CLOSED}), ShowcaseStatus.REPORTED, is_on_team),
        Transition(
            "cancel",
            frozenset(
                {
                    ShowcaseStatus.CALL_OPEN,
                    ShowcaseStatus.REVIEW,
                    ShowcaseStatus.PROGRAMME_PUBLISHED,
                    ShowcaseStatus.LIVE,
                }
            ),
            ShowcaseStatus.CANCELLED,
            is_on_team,
        ),
    )
)
"""What may happen to a showcase. `may` takes the viewer and the showcase."""

ENTRIES = Lifecycle(
    (
        Transition("propose", frozenset({EntryStatus.DRAFT}), EntryStatus.PROPOSED, answers_for),
        # follows from the end of the call, and back from its re-opening
        Transition("begin_review", frozenset({EntryStatus.PROPOSED}), EntryStatus.UNDER_REVIEW, _nobody),
        Transition("reopen", frozenset({EntryStatus.UNDER_REVIEW}), EntryStatus.PROPOSED, _nobody),
        # follow from sending the decisions of all together
        Transition("accept", frozenset({EntryStatus.UNDER_REVIEW}), EntryStatus.ACCEPTED, _nobody),
        Transition("waitlist", frozenset({EntryStatus.UNDER_REVIEW}), EntryStatus.WAITLISTED, _nobody),
        Transition("reject", frozenset({EntryStatus.UNDER_REVIEW}), EntryStatus.REJECTED, _nobody),
        # follows from another entry that stepped back; a curator may also do it
        Transition("move_up", frozenset({EntryStatus.WAITLISTED}), EntryStatus.ACCEPTED, can_judge),
        Transition("confirm", frozenset({EntryStatus.ACCEPTED}), EntryStatus.CONFIRMED, answers_for),
        Transition(
            "step_back",
            frozenset({EntryStatus.ACCEPTED, EntryStatus.CONFIRMED}),
            EntryStatus.WITHDRAWN,
            answers_for,
        ),
        Transition(
            "withdraw",
            frozenset({EntryStatus.PROPOSED, EntryStatus.UNDER_REVIEW, EntryStatus.WAITLISTED}),
            EntryStatus.WITHDRAWN,
            answers_for,
        ),
        Transition(
            "present",
            frozenset({EntryStatus.CONFIRMED, EntryStatus.NOT_PRESENTED}),
            EntryStatus.PRESENTED,
            can_judge,
        ),
        Transition(
            "miss",
            frozenset({EntryStatus.CONFIRMED, EntryStatus.ACCEPTED, EntryStatus.PRESENTED}),
            EntryStatus.NOT_PRESENTED,
            can_judge,
        ),
    )
)
"""What may happen to an entry. `may` takes the viewer and the entry."""

PRESENTERS = Lifecycle(
    (
        Transition("confirm", frozenset({PresenterStatus.ASKED}), PresenterStatus.CONFIRMED, speaks_as),
        Transition(
            "step_back",
            frozenset({PresenterStatus.ASKED, PresenterStatus.CONFIRMED}),
            PresenterStatus.STEPPED_BACK,
            speaks_as,
        ),
        # follows from their leaving the hub
        Transition(
            "go", frozenset({PresenterStatus.ASKED, PresenterStatus.CONFIRMED}), PresenterStatus.GONE, _nobody
        ),
    )
)
"""What may happen to a presenter. `may` takes the viewer and the presenter."""

FEATURES = Lifecycle(
    (
        Transition(
            "approve", frozenset({ProposalStatus.PROPOSED}), ProposalStatus.APPROVED, can_decide_feature
        ),
        Transition(
            "decline", frozenset({ProposalStatus.PROPOSED}), ProposalStatus.DECLINED, can_decide_feature
        ),
        Transition(
            "withdraw", frozenset({ProposalStatus.PROPOSED}), ProposalStatus.WITHDRAWN, can_withdraw_feature
        ),
    )
)
"""What may happen to a proposal to feature an entry. `may` takes the viewer and the proposal."""

REGISTRATIONS = Lifecycle(
    (
        # what a guest's link leads to; where the showcase wants approval, they ask, where it is full, they wait
        Transition("ask", frozenset({RegistrationStatus.UNCONFIRMED}), RegistrationStatus.ASKED, _nobody),
        Transition(
            "register", frozenset({RegistrationStatus.UNCONFIRMED}), RegistrationStatus.REGISTERED, _nobody
        ),
        Transition("wait", frozenset({RegistrationStatus.UNCONFIRMED}), RegistrationStatus.WAITING, _nobody),
        Transition(
            "approve", frozenset({RegistrationStatus.ASKED}), RegistrationStatus.REGISTERED, can_admit
        ),
        # follows from approval of who finds no place left
        Transition("queue", frozenset({RegistrationStatus.ASKED}), RegistrationStatus.WAITING, _nobody),
        Transition("decline", frozenset({RegistrationStatus.ASKED}), RegistrationStatus.DECLINED, can_admit),
        # follows from a place that came free
        Transition(
            "promote", frozenset({RegistrationStatus.WAITING}), RegistrationStatus.REGISTERED, _nobody
        ),
        Transition(
            "cancel",
            frozenset(
                {
                    RegistrationStatus.UNCONFIRMED,
                    RegistrationStatus.ASKED,
                    RegistrationStatus.REGISTERED,
                    RegistrationStatus.WAITING,
                }
            ),
            RegistrationStatus.CANCELLED,
            is_registrant,
        ),
    )
)
"""What may happen to a registration. `may` takes the viewer and the registration."""

SEATS = Lifecycle(
    (
        # follows from a seat that came free
        Transition("promote", frozenset({SeatStatus.WAITING}), SeatStatus.TAKEN, _nobody),
    )
)
"""What may happen to a seat in a slot; who gives it up leaves no row."""
