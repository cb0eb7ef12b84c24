"""What is suggested to somebody each week, who is told of it, and the mail that comes of it."""

from datetime import UTC, datetime
from types import SimpleNamespace

from sqlalchemy import select

from hub.core.database import session, transaction
from hub.jobs.digests import make_digests
from hub.mail.sending import send_due
from hub.matching.facts import Kind
from hub.matching.parts import Part
from hub.notifications.models import Frequency, Notification, Topic
from hub.notifications.service import choose_frequency
from tests.catalogue.records import MEMBERS, make_scene, published
from tests.factories import make_member
from tests.mail.test_telling import Sink

AFTER_SIX = datetime(2026, 11, 23, 6, 1, tzinfo=UTC)


class Found:
    """A suggestion, as far as the digest reads it."""

    def __init__(self, subject, score=60.0, **points):
        kind, _, self.key = subject.partition(":")
        fits = [SimpleNamespace(part=Part(part), points=each) for part, each in points.items()]
        self.match = SimpleNamespace(matched=fits)
        self.kind, self.subject, self.score = Kind(kind), subject, score


def reader(**columns):
    """Store a member who chose to be told each week."""
    member = make_member(**columns)
    with transaction():
        choose_frequency(member, Topic.MATCHES, Frequency.WEEKLY)
    return member


def records(number, scene=None, readership=MEMBERS):
    """Store records that members may see, and suggest them."""
    scene = scene or make_scene()
    return [Found(published(scene, readership=readership).innovation.subject) for _ in range(number)]


def told(member):
    """Return what a member was told of, the newest first."""
    session().rollback()
    rows = session().scalars(
        select(Notification.subject)
        .where(Notification.member_id == member.id, Notification.topic == Topic.MATCHES)
        .order_by(Notification.id.desc())
    )
    return rows.all()


def mailed(member, clock, settings):
    """Make the weekly digests and send what waits; return the mails to one member."""
    clock.move_to(AFTER_SIX)
    session().commit()
    make_digests(session().get_bind())
    sink = Sink()
    while send_due(sink, settings):
        pass
    return [each for each in sink.mails if each["To"] == member.email]
