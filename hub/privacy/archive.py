"""The file of own data: a ZIP of JSON with a text that says what is in it, for its owner only."""

import json
import os
import secrets
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from hub.config import private_opener
from hub.core.clock import now
from hub.core.disk import sync_folder
from hub.core.i18n import N_

NAME_BYTES = 24
ENDING = ".zip"
DRAFT = ".draft"
"""Ends the name of a file that is still being written."""

ABANDONED_AFTER = timedelta(days=1)
"""How long a file waits for the row that names it."""

Translate = Callable[[str], str]

PARTS = {
    "account": N_(
        "Your account, where you are signed in, your second factors (never their secrets) and your roles."
    ),
    "profile": N_("Your profile, the words you added to its lists, and what you follow."),
    "messages": N_("Messages that you wrote and got, whom you blocked, and reports of abuse that you made."),
    "introductions": N_("Introductions that you asked for, and those that members asked you for."),
    "notifications": N_("What you were told, how often you want mail, and which mails went to you."),
    "vetting": N_("Your application and what came of it, invitations, and roles that you proposed."),
    "organisations": N_("Your memberships in organisations and your law-enforcement status."),
    "integrity": N_("Interests that you declared, and recusals."),
    "records": N_("Innovations that you registered, revised or decided about."),
    "evidence": N_("Evidence and replications that you added or decided about."),
    "curation": N_("Claims, offers, problem reports and proposals."),
    "requests": N_("Requests that you posted, got by name, asked about or decided about."),
    "responses": N_("Responses that you gave or decided about."),
    "conversations": N_("Conversations that you took part in, and what you wrote in them."),
    "partnerships": N_("Steps of plans and outcomes that you wrote or signed."),
    "showcases": N_(
        "Showcases that you began, teams of showcases, and what you changed in their programmes."
    ),
    "entries": N_(
        "Entries that you proposed or presented, and what you scored, wrote or decided about others."
    ),
    "registrations": N_("Showcases that you registered for, what you need there, and whom you let in."),
    "suggestions": N_(
        "What counts for your suggestions, which ones you set aside, and which the weekly mail told you of."
    ),
    "commitments": N_(
        "Commitments that you answered for or entered, offers to hand them over, evidence and assessments."
    ),
    "log": N_("What the audit log holds of you: what you did, and what others decided and told you."),
}
"""What each file of the archive holds."""

TITLE = N_("Your data on the Anti-Corruption Innovation Hub")
ABOUT = (
    N_("Made on request of the account’s owner. Each file is JSON: text that people and programs read."),
    N_(
        "It holds what you may see on the hub, and no more: no names or addresses of others, and no internal notes."
    ),
    N_("Of what you contributed to things that you may not see any more, it names the date only."),
    N_("Of what is labelled TLP:RED it names date and label only."),
    N_("Where the hub holds nothing about you, the list or the whole file is left out."),
    N_("Times are in UTC. Keep this file safe: whoever has it reads what it holds."),
)


def exports_folder(folder: Path) -> Path:
    """Return where the files are; `folder` is the instance folder."""
    return folder / "exports"


def write_archive(
    folder: Path, data: Mapping[str, Any], translate: Translate, made_at: datetime
) -> tuple[str, int]:
    """Write the file of own data, whole or not at all; only the hub's own user may read it.

    Args:
        folder: the instance folder.
        data: what the files hold, by name without ending.
        translate: gives the words of a message id in the person's language.
        made_at: when it was collected.

    Returns:
        The random name of the file, and its bytes.

    Raises:
        OSError: the disk is full or cannot be written.
    """
    place = exports_folder(folder)
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = f"{secrets.token_urlsafe(NAME_BYTES)}{ENDING}"
    draft = place / f"{name}{DRAFT}"
    try:
        with open(draft, "xb", opener=private_opener) as file:
            with ZipFile(file, "w", ZIP_DEFLATED) as archive:
                archive.writestr("README.txt", _readme(data, translate, made_at))
                for part, held in data.items():
                    archive.writestr(f"{part}.json", json.dumps(held, ensure_ascii=False, indent=2) + "\n")
            file.flush()
            os.fsync(file.fileno())
        draft.replace(place / name)
        sync_folder(place)
    finally:
        with suppress(OSError):
            draft.unlink()
    return name, (place / name).stat().st_size


def path_of(folder: Path, name: str) -> Path:
    """Return where the file with this name is; `folder` is the instance folder."""
    return exports_folder(folder) / Path(name).name


def unlink_but(folder: Path, kept: Collection[str], *, is_dry_run: bool = False) -> int:
    """Delete the files that no row names, a day after they were written, and say how many.

    Args:
        folder: the instance folder.
        kept: names of the files that a row names.
        is_dry_run: only count them.
    """
    latest = (now() - ABANDONED_AFTER).timestamp()
    gone = [
        path
        for path in exports_folder(folder).glob("*")
        if path.name not in kept and path.stat().st_mtime < latest
    ]
    if not is_dry_run:
        unlink(folder, [path.name for path in gone])
    return len(gone)


def unlink(folder: Path, names: Collection[str]) -> None:
    """Delete files by their names; one that is gone is no fault."""
    for name in names:
        path_of(folder, name).unlink(missing_ok=True)


def _readme(data: Mapping[str, Any], translate: Translate, made_at: datetime) -> str:
    title = translate(TITLE)
    held = [f"{part}.json\n    {translate(PARTS[part])}" for part in data]
    lines = [
        title,
        "=" * len(title),
        made_at.strftime("%Y-%m-%d %H:%M UTC"),
        "",
        *map(translate, ABOUT),
        "",
        *held,
    ]
    return "\n".join(lines) + "\n"
