"""Whether the stored checkpoints are those that were signed: each note by a stored key, each row as its note."""

from hub.audit.checkpoints.keys import verifier_key_of
from hub.audit.checkpoints.note import DamagedNoteError, parse_notes
from hub.audit.checkpoints.proof import Flaw, FlawedNote, believe
from hub.audit.checkpoints.queries import all_keys, stored_notes
from hub.audit.models import AuditCheckpoint


def first_flaw() -> FlawedNote | None:
    """Return what is wrong with the first stored checkpoint that is not to be believed, or None.

    The keys are those of the database itself: a copy that somebody else keeps is the proof against its owner.
    """
    keys = [verifier_key_of(row) for row in all_keys()]
    for row in stored_notes():
        changed = FlawedNote(Flaw.ROW_CHANGED, {"entries": row.entries})
        try:
            notes = parse_notes(row.note.encode())
            if len(notes) != 1 or not _is_of(row, notes[0].checkpoint.entries, notes[0].checkpoint.head):
                return changed
            believe(notes[0], keys)
        except (DamagedNoteError, ValueError):
            return changed
        except FlawedNote as flaw:
            return flaw
    return None


def _is_of(row: AuditCheckpoint, entries: int, head: str) -> bool:
    return (row.entries, row.head) == (entries, head)
