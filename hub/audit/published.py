"""Checks the published log, line by line and fast, and tells on which byte of the file it was altered."""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from hub.audit.encoding import LINE, Link, log_line, parse_log_line
from hub.audit.verify import (
    BEGINNING,
    Fault,
    Part,
    Seals,
    Start,
    Verdict,
    end_break,
    follows,
    seal_break,
    walk,
)
from hub.core.i18n import N_

LONGEST_LINE = 4_096
"""Bytes that are read of a line at most; one of the hub has at most 230."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_SECOND = 1_000_000
_MINUTE_TEXT = len("2026-11-21T12:00")
_CONVERTING = frozenset({b"\r", b"\xef"})
"""How other line ends and a byte order mark begin, which no line of the hub holds."""
_HEX = "0123456789abcdef"
_DIGITS = "0123456789"

CONVERTED = N_(
    "Line %(line)s of the file, byte %(byte)s: %(found)s, which programs write that convert a text when they save it."
    " Download the file again before you believe that somebody altered it."
)
EXACT = N_("Line %(line)s of the file, byte %(byte)s: %(found)s stands where the hub wrote %(expected)s.")
ABOUT = N_("Line %(line)s of the file, byte %(byte)s: %(found)s cannot stand there.")
SOMEWHERE = N_("Line %(line)s of the file, somewhere in bytes %(byte)s to %(last)s.")
END = N_("The file ends after line %(line)s, byte %(byte)s.")


@dataclass(frozen=True)
class Place:
    """Where in the file a break lies. Lines and bytes count from 1, as `cmp` counts them.

    Args:
        line: the line at fault.
        byte: the byte at fault in the whole file, or the first that may be.
        last: the last byte that may be at fault.
        found: the byte that stands there, where one is known to be wrong.
        expected: the byte that the hub wrote, where the hashes tell it.
    """

    line: int
    byte: int
    last: int
    found: bytes | None = None
    expected: bytes | None = None

    @property
    def message(self) -> str:
        """The message id that names the place, for `parameters`."""
        if self.last < self.byte:
            return END
        if self.found is None:
            return SOMEWHERE
        if self.found in _CONVERTING:
            return CONVERTED
        return ABOUT if self.expected is None else EXACT

    @property
    def parameters(self) -> dict[str, object]:
        """What the sentence names."""
        return {
            "line": self.line,
            "byte": self.byte,
            "last": self.last,
            "found": _shown(self.found),
            "expected": _shown(self.expected),
        }

    def __str__(self) -> str:
        return self.message % self.parameters


def _shown(byte: bytes | None) -> str:
    if byte is None:
        return ""
    return f"“{byte.decode('ascii')}”" if b" " < byte < b"\x7f" else f"0x{byte.hex()}"


class _Lines:
    """Hands out lines, and remembers the last ones with where they begin."""

    def __init__(self, lines: Iterable[bytes]) -> None:
        self._lines = iter(lines)
        self.count = 0
        self.length = 0
        self._latest: deque[tuple[int, int, bytes]] = deque(maxlen=3)

    def __iter__(self) -> Iterator[bytes]:
        for line in self._lines:
            self.count += 1
            self._latest.append((self.count, self.length, line))
            self.length += len(line)
            yield line

    def line(self, wanted: int) -> tuple[int, bytes]:
        """Return where line `wanted`, one of the last, begins, and the line; no bytes if it was not read."""
        latest = (each[1:] for each in self._latest if each[0] == wanted)
        return next(latest, (self.length, b""))


def verify_log(lines: Iterable[bytes], seals: Seals | None = None) -> tuple[Verdict, Place | None]:
    """Check a published log; return the verdict, and where in the file its first break lies.

    Args:
        lines: the file's lines with their line ends, the last one included.
        seals: what signed checkpoints say of the log.
    """
    sealed = seals or {}
    read = _Lines(lines)
    begun = seal_break(sealed, 0, BEGINNING.head)
    if begun is not None:
        return Verdict(0, BEGINNING.head, None, begun), None
    source = iter(read)
    start, stopped = _sound_part(source, sealed)
    if stopped is None:
        broken = end_break(sealed, start.entries)
        verdict = Verdict(start.entries, start.head, start.recorded_at if start.entries else None, broken)
        return verdict, _place_of(verdict, read, source)
    # what is not sound is looked at again, with all the words that there are for it
    verdict = walk(((_link_in(line), Part.NOT_ASKED) for line in _with_first(stopped, source)), seals, start)
    return verdict, _place_of(verdict, read, source)


def _with_first(first: Sequence[bytes], rest: Iterator[bytes]) -> Iterator[bytes]:
    yield from first
    yield from rest


def _link_in(line: bytes) -> Link | None:
    try:
        return parse_log_line(line[:-1].decode("latin-1")) if line.endswith(b"\n") else None
    except ValueError:
        return None


def _sound_part(lines: Iterator[bytes], seals: Seals) -> tuple[Start, list[bytes] | None]:
    """Walk as far as everything is in order; return how far that is, and the line that is not, or None at the end.

    The same as `walk`, without an object a line: this is what a log of millions of entries is checked with.
    """
    match = LINE.fullmatch
    count, head, last = 0, BEGINNING.head, ""
    minute, base = "", 0
    for line in lines:
        found = match(line.decode("latin-1"), 0, len(line) - 1) if line.endswith(b"\n") else None
        if found is None:
            return _start(count, head, last), [line]
        commitment, digest, number, moment = found.groups()
        if moment[:_MINUTE_TEXT] != minute:
            minute = moment[:_MINUTE_TEXT]
            try:
                base = (datetime.fromisoformat(f"{minute}:00Z") - _EPOCH) // _MICROSECOND
            except ValueError:
                return _start(count, head, last), [line]
        seconds = int(moment[17:19])
        since = base + seconds * _SECOND + int(moment[20:26])
        content = f"{head}{count + 1:016x}{since % (1 << 64):016x}{commitment}"
        is_sound = (
            number == str(count + 1)
            and moment >= last
            and seconds < 60  # noqa: PLR2004 - of a minute
            and sha256(bytes.fromhex(content)).hexdigest() == digest
            and (count + 1 not in seals or seal_break(seals, count + 1, digest) is None)
        )
        if not is_sound:
            return _start(count, head, last), [line]
        count, head, last = count + 1, digest, moment
    return _start(count, head, last), None


def _start(count: int, head: str, last: str) -> Start:
    return Start(count, head, datetime.fromisoformat(last)) if count else BEGINNING


def _place_of(verdict: Verdict, read: _Lines, source: Iterator[bytes]) -> Place | None:
    broken = verdict.first_break
    number = verdict.entries + 1
    if broken is None or broken.fault is Fault.REWRITTEN:
        return None
    if broken.fault is Fault.CUT_OFF:
        return Place(read.count, read.length, read.length - 1)
    if read.count == number:
        next(
            source, None
        )  # the line end itself may be what was altered, which makes two lines one or one line two
    start, line = read.line(number)
    _, following = read.line(number + 1)
    return _altered(line, following, start, number, verdict.head)


def _altered(line: bytes, following: bytes, start: int, number: int, head: str) -> Place:
    """Find the byte that was altered: the one whose change makes the line follow from the entry before."""
    allowed = _allowed(number)
    text = (line + following)[: len(allowed)].decode("latin-1")
    wrong = [place for place, sign in enumerate(text) if sign not in allowed[place]]
    if len(text) == len(allowed) and len(wrong) <= 1:
        for place in wrong or range(len(allowed)):
            for sign in allowed[place]:
                if _is_right(f"{text[:place]}{sign}{text[place + 1 :]}", number, head):
                    return _at(start, number, place, text, sign.encode())
    if wrong:
        return _at(start, number, wrong[0], text)
    return Place(number, start + 1, start + len(line))


def _at(start: int, number: int, place: int, text: str, expected: bytes | None = None) -> Place:
    byte = start + place + 1
    return Place(number, byte, byte, text[place].encode("latin-1"), expected)


def _allowed(number: int) -> list[str]:
    """Return, for each byte of the line of entry `number`, the signs that can stand there."""
    model = log_line(Link(number, _EPOCH, "c" * 64, "h" * 64)) + "\n"
    moment = model.index('"time":"') + len('"time":"')
    allowed = []
    for place, sign in enumerate(model):
        if moment <= place < moment + len("2026-11-21T12:00:00.000000") and sign.isdigit():
            allowed.append(_DIGITS)
        else:
            allowed.append(sign)
    for field in ("c" * 64, "h" * 64):
        begin = model.index(field)
        allowed[begin : begin + 64] = [_HEX] * 64
    return allowed


def _is_right(text: str, number: int, head: str) -> bool:
    try:
        link = parse_log_line(text[:-1])
    except ValueError:
        return False
    return text.endswith("\n") and link.number == number and follows(link, head)
