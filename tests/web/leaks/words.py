"""A word of its own for every text column of the schema, so that a leak says from where it came."""

import re
from string import ascii_lowercase

from sqlalchemy import JSON, Enum, String

from hub.migrations.tables import METADATA

MARK = re.compile(r"zqx[a-z]{9}")
"""What every planted word looks like, whatever stands around it; too long to come about in random ids and keys."""

CODE = "two letters or codes that the schema or a vocabulary closes; shown as the label of the code"
DIGEST = "a digest that the hub computes, of which nothing can be read"
RANDOM = "random, and looked for as what it is"

LABEL = "a visibility label: codes and row numbers"
ZONE = "a time zone of IANA's list"
A_THING = "the random id of a thing, looked for as that thing's"
PUBLISHED = "published for everybody, so that they can check the log"
KEY = "a key that the hub's own code gives"

EXEMPT = {
    "*.country": CODE,
    "*.language": CODE,
    "*.public_id": RANDOM,
    "*.slug": RANDOM,
    "abuse_reports.kind": CODE,
    "abuse_reports.quoted_from": A_THING,
    "alert_marks.name": "the name of a part of the hub that reads the log",
    "annex_labels.label": LABEL,
    "assessment_ratings.about": CODE,
    "assessment_ratings.scale": CODE,
    "assessment_ratings.value": CODE,
    "assessments.scheme": CODE,
    "audit_checkpoints.head": PUBLISHED,
    "audit_checkpoints.key_id": PUBLISHED,
    "audit_checkpoints.note": PUBLISHED,
    "audit_chain.commitment": DIGEST,
    "audit_chain.hash": DIGEST,
    "audit_entries.actor": "the random id of a member, looked for as theirs",
    "audit_entries.actor_roles": CODE,
    "audit_entries.after_hash": DIGEST,
    "audit_entries.before_hash": DIGEST,
    "audit_entries.salt": DIGEST,
    "audit_entries.subject": A_THING,
    "audit_entries.tag": CODE,
    "audit_keys.key_id": PUBLISHED,
    "audit_keys.name": PUBLISHED,
    "audit_keys.public_key": PUBLISHED,
    "calendar_feeds.secret_digest": DIGEST,
    "collaboration_requests.time_zone": ZONE,
    "collaboration_requests.type": CODE,
    "commitments.code": "what the country's promise is called, looked for as what it is",
    "country_statements.note": "countries state it for everybody",
    "country_statements.topic": CODE,
    "declared_interests.kind": CODE,
    "follows.key": A_THING,
    "innovation_labels.label": LABEL,
    "innovation_proposals.basis": DIGEST,
    "innovation_revisions.source_language": CODE,
    "innovations.origin_country": CODE,
    "import_runs.format": CODE,
    "introductions.about": A_THING,
    "log_erasures.subject": A_THING,
    "match_dismissals.purpose": A_THING,
    "match_dismissals.reason": CODE,
    "match_dismissals.subject": A_THING,
    "match_exposures.dimension": CODE,
    "match_exposures.kind": CODE,
    "match_exposures.value": CODE,
    "match_strengths.subject": A_THING,
    "members.member_type": CODE,
    "members.time_zone": ZONE,
    "metric_readings.breakdown": KEY,
    "metric_readings.metric": KEY,
    "notifications.cause": A_THING,
    "notifications.kind": CODE,
    "notifications.subject": A_THING,
    "profile_terms.code": "a code of a vocabulary, or the random id of an addition, whose label is looked for",
    "recusals.conflict": CODE,
    "recusals.subject": A_THING,
    "registrations.guest_language": CODE,
    "replication_statements.action": CODE,
    "request_labels.label": LABEL,
    "request_terms.scheme": CODE,
    "review_decisions.action": CODE,
    "revision_labels.label": LABEL,
    "revision_prerequisites.area": CODE,
    "revision_texts.source_digest": DIGEST,
    "search_journal.document_id": A_THING,
    "service_level_steps.subject": A_THING,
    "showcase_labels.label": LABEL,
    "showcase_languages.code": CODE,
    "showcases.time_zone": ZONE,
    "suggestions_told.subject": A_THING,
    "term_additions.merged_into": CODE,
}
"""Text columns that no word is planted in, each with the reason."""


def text_columns():
    """Return table and column of every text that somebody could type or the hub could store, closed lists left out."""
    return [
        (table.name, column.name)
        for table in sorted(METADATA.tables.values(), key=lambda each: each.name)
        for column in table.columns
        if isinstance(column.type, String | JSON) and not isinstance(column.type, Enum)
    ]


def reason_for(table, column):
    """Return why no word is planted in a column, or nothing."""
    return EXEMPT.get(f"{table}.{column}") or EXEMPT.get(f"*.{column}", "")


def _letters(number):
    """Return nine letters; of two numbers they differ in three places or more, so that no word is another misspelt."""
    return "".join(3 * ascii_lowercase[number // 26**place % 26] for place in (2, 1, 0))


WORDS = {key: f"zqx{_letters(number)}" for number, key in enumerate(text_columns())}
COLUMNS = {word: f"{table}.{column}" for (table, column), word in WORDS.items()}

NEVER = f"zqx{_letters(26**3 - 1)}"
"""A word that is planted nowhere."""


def word(name):
    """Return the word of a column, which is named `table.column`."""
    table, _, column = name.partition(".")
    return WORDS[table, column]
