"""A seeded catalogue of any size: the same records on every machine, so that figures can be compared."""

import itertools
import random
from collections.abc import Iterator, Sequence
from hashlib import sha256

from hub.search.documents import Document

SEED = 66
WORDS_PER_RECORD = 250
VOCABULARY = 20_000

COUNTRIES = tuple(f"{a}{b}" for a, b in itertools.product("ABCDEFGHIJ", "KLMNOP"))
NEEDS = tuple(
    f"{area}.{number}" for area, number in itertools.product(("law", "data", "staff", "technology"), range(6))
)
LICENCES = ("not_stated", "proprietary", "MIT", "Apache-2.0", "GPL-3.0-only", "AGPL-3.0-only", "EUPL-1.2")

FACETS: dict[str, tuple[tuple[str, ...], int]] = {
    "function": (("report", "detect", "investigate", "prevent", "prosecute", "educate", "monitor"), 3),
    "offence": (tuple(f"uncac-{article}" for article in range(15, 26)), 2),
    "sector": (tuple(f"sector-{number}" for number in range(20)), 2),
    "country": (COUNTRIES, 4),
    "kind": (("software", "data", "standard", "ai_model", "method", "policy", "training"), 1),
    "stage": (("idea", "pilot", "beta", "stable", "obsolete", "abandoned"), 1),
    "evidence": (("0", "1", "2", "3", "4", "5"), 1),
    "standard": (("ocds", "bods", "popolo", "akoma-ntoso", "xbrl", "iati", "eiti", "none"), 2),
    "licence": (LICENCES, 1),
    "audience_for": (("police", "auditors", "journalists", "citizens", "procurers", "companies"), 2),
    "language": (("en", "de", "fr", "it", "es", "nb", "id", "ar", "ka"), 3),
    "policy_area": (tuple(f"area-{number}" for number in range(12)), 2),
    "deployed": (COUNTRIES, 3),
    "unsuitable": (COUNTRIES, 1),
    "requires": (NEEDS, 3),
}
"""Values by facet, as many as the catalogue's own, and how many of them a record has at most."""

KNOWN = tuple(
    "procurement bribery corruption transparency whistleblower detection reporting investigation ownership "  # noqa: SIM905
    "beneficial company register risk indicator tender contract audit asset recovery officials declaration "
    "network payment platform open data analysis journalist court evidence sanctions budget monitoring".split()
)
"""Words of the field; they are the most frequent ones."""


def vocabulary(rng: random.Random) -> tuple[str, ...]:
    """Return the words of the catalogue, the most frequent first."""
    starts, middles, ends = (
        ["b", "c", "d", "f", "g", "l", "m", "n", "p", "r", "s", "t", "v", "st", "tr"],
        ["a", "e", "i", "o", "u", "ai"],
        ["n", "r", "l", "t", "s"],
    )
    made: dict[str, None] = dict.fromkeys(KNOWN)
    while len(made) < VOCABULARY:
        syllables = (rng.choice(starts) + rng.choice(middles) for _ in range(rng.randint(1, 3)))
        made["".join(syllables) + rng.choice(ends)] = None
    return tuple(made)


class Generator:
    """Makes `count` records of 250 words; word frequencies follow Zipf's law.

    Args:
        count: how many records.
    """

    def __init__(self, count: int) -> None:
        self.count = count
        self.words = vocabulary(random.Random(SEED))
        self._weights = list(itertools.accumulate(1 / (rank + 20) for rank in range(len(self.words))))
        self._digest = sha256()

    @property
    def checksum(self) -> str:
        """SHA-256 over the records yielded so far."""
        return self._digest.hexdigest()

    def documents(self) -> Iterator[Document]:
        """Yield the records; one in ten is for members only."""
        rng = random.Random(SEED)
        self._digest = sha256()
        for number in range(self.count):
            document = self._document(rng, number)
            self._digest.update(document.digest.encode())
            yield document

    def _document(self, rng: random.Random, number: int) -> Document:
        words = rng.choices(self.words, cum_weights=self._weights, k=WORDS_PER_RECORD)
        facets = {
            facet: tuple(sorted(set(rng.choices(values, k=rng.randint(1, most)))))
            for facet, (values, most) in FACETS.items()
        }
        return Document(
            id=f"record-{number:07}",
            labels=frozenset({"member" if number % 10 == 9 else "public"}),
            texts={
                "en": {
                    "name": " ".join(words[:6]).title(),
                    "short_description": " ".join(words[6:26]),
                    "problem": _sentences(words[26:80]),
                    "description": _sentences(words[80:]),
                }
            },
            facets=facets,
            sort={"published": 1_700_000_000.0 + number, "evidence": float(facets["evidence"][0])},
        )

    def queries(self, size: int, count: int, frequent: int = 2_000) -> list[str]:
        """Return `count` different queries of `size` words that are among the `frequent` most frequent ones."""
        rng = random.Random(SEED + size)
        chosen: dict[str, None] = {}
        while len(chosen) < count:
            words = rng.choices(self.words[:frequent], cum_weights=self._weights[:frequent], k=size)
            chosen[" ".join(words)] = None
        return list(chosen)

    def rare(self, count: int) -> list[str]:
        """Return `count` of the rarest words."""
        return list(self.words[-count:])


def _sentences(words: Sequence[str]) -> str:
    return " ".join(
        " ".join(words[start : start + 12]).capitalize() + "." for start in range(0, len(words), 12)
    )
