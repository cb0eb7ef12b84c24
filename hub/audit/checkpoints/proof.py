"""Whether signed checkpoints may be believed: who signed them, with which key, for which log. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from hub.audit.checkpoints.note import Note, VerifierKey, verifies
from hub.audit.encoding import time_text
from hub.audit.verify import Seals
from hub.core.i18n import N_


class Flaw(StrEnum):
    """Why a checkpoint is not believed."""

    UNKNOWN_KEY = "unknown_key"
    BAD_SIGNATURE = "bad_signature"
    RETIRED_KEY = "retired_key"
    OTHER_LOG = "other_log"
    ROW_CHANGED = "row_changed"


SENTENCES: dict[Flaw, str] = {
    Flaw.UNKNOWN_KEY: N_(
        "The checkpoint of %(entries)s entries (line %(line)s) is signed by %(signers)s, and none of these keys was"
        " given. Get the hub's keys anew if you trust where they come from."
    ),
    Flaw.BAD_SIGNATURE: N_(
        "The checkpoint of %(entries)s entries (line %(line)s) was changed after it was signed, or its signature was:"
        " %(key)s did not sign this text."
    ),
    Flaw.RETIRED_KEY: N_(
        "The checkpoint of %(entries)s entries (line %(line)s) is signed with a key that was retired on %(retired)s,"
        " when the log had %(most)s entries. %(key)s vouches for checkpoints made until then, so not for this one."
    ),
    Flaw.OTHER_LOG: N_(
        "The checkpoint of %(entries)s entries (line %(line)s) is of another log: it says %(origin)s, and the key is"
        " that of %(key)s."
    ),
    Flaw.ROW_CHANGED: N_(
        "The stored checkpoint of %(entries)s entries does not say what its signed note says."
    ),
}


class FlawedNote(Exception):
    """A checkpoint that is not believed.

    Args:
        flaw: why.
        parameters: what the sentence names.
    """

    def __init__(self, flaw: Flaw, parameters: Mapping[str, object]) -> None:
        super().__init__(flaw, parameters)
        self.flaw = flaw
        self.parameters = parameters

    @property
    def message(self) -> str:
        """The message id, for `parameters`."""
        return SENTENCES[self.flaw]

    def __str__(self) -> str:
        return self.message % self.parameters


@dataclass(frozen=True)
class Believed:
    """A checkpoint whose signature holds.

    Args:
        note: the checkpoint.
        key: a key that signed it.
    """

    note: Note
    key: VerifierKey


def believe(note: Note, keys: Sequence[VerifierKey]) -> Believed:
    """Return `note` with a key that signed it.

    As C2SP signed notes ask: signatures by other keys do not count, and one by a known key that is wrong spoils all.

    Args:
        note: the checkpoint.
        keys: those that are trusted, retired ones too.

    Raises:
        FlawedNote: it is not to be believed.
    """
    told: dict[str, object] = {"entries": note.checkpoint.entries, "line": note.line}
    known = [(each, key) for each in note.signatures for key in keys if each.is_by(key)]
    if not known:
        signers = ", ".join(f"{each.name}+{each.id.hex()}" for each in note.signatures)
        raise FlawedNote(Flaw.UNKNOWN_KEY, told | {"signers": signers})
    for signature, key in known:
        if not verifies(signature, key, note.text):
            raise FlawedNote(Flaw.BAD_SIGNATURE, told | {"key": key.short})
    own = [key for _, key in known if key.name == note.checkpoint.origin]
    if not own:
        told |= {"origin": note.checkpoint.origin, "key": known[0][1].short}
        raise FlawedNote(Flaw.OTHER_LOG, told)
    for key in own:
        if key.retired is None or note.checkpoint.entries <= key.retired.entries:
            return Believed(note, key)
    key = own[0]
    if key.retired is not None:
        told |= {"retired": time_text(key.retired.at), "most": key.retired.entries, "key": key.short}
    raise FlawedNote(Flaw.RETIRED_KEY, told)


def seals_of(believed: Iterable[Believed]) -> Seals:
    """Return what believed checkpoints say of the log."""
    seals: dict[int, set[str]] = {}
    for each in believed:
        seals.setdefault(each.note.checkpoint.entries, set()).add(each.note.checkpoint.head)
    return seals
