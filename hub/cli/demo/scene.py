"""Who and what the records of the demonstration are told with."""

from collections.abc import Mapping
from dataclasses import dataclass

from hub.core.uploads import AcceptedFile
from hub.members.models import Member
from hub.organisations.models import Organisation

LANGUAGE = "en-GB"
"""The language of all words in the data files, translations apart."""

REVIEWER = "coordinator3"
"""Who publishes everything: not who compiled it."""

DECIDER = "coordinator"
"""Who decides on evidence, replications and proposals."""

PROPOSER = "coordinator2"
"""Who proposes what a second coordinator decides."""


@dataclass(frozen=True)
class Scene:
    """The cast of the demonstration.

    Args:
        members: by account.
        organisations: by name.
        files: checked files by the name that they have in the data.
    """

    members: Mapping[str, Member]
    organisations: Mapping[str, Organisation]
    files: Mapping[str, AcceptedFile]
