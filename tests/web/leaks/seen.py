"""Who may see what of the hidden things that the crawl plants, column by column, written by hand; nobody sees the rest.

The police record is read by Georgian law enforcement and by its owner. The people are nobody's business but the
coordinators', who vet them, and in part of those who appoint and of the integrity officers.
"""

from tests.architecture.access.viewers import APPOINTERS, COORDINATORS, INTEGRITY_OFFICERS

OWNER = frozenset({"owner"})
ALL_POLICE = frozenset({"law enforcement", "law enforcement abroad"})
READERS = OWNER | {"law enforcement"}

READ = (
    "annexes.body",
    "annexes.public_id",
    "annexes.title",
    "evidence.author",
    "evidence.finding",
    "evidence.public_id",
    "evidence.title",
    "evidence.type",
    "evidence.url",
    "innovation_revisions.based_on",
    "innovation_revisions.code_url",
    "innovation_revisions.contact_address",
    "innovation_revisions.contact_name",
    "innovation_revisions.cost_band",
    "innovation_revisions.demo_url",
    "innovation_revisions.documentation_url",
    "innovation_revisions.kind",
    "innovation_revisions.licence",
    "innovation_revisions.staffing",
    "innovation_revisions.stage",
    "innovation_revisions.time_to_deploy",
    "innovation_revisions.website_url",
    "innovations.featured_disclosure",
    "innovations.public_id",
    "replication_statements.words",
    "replications.adapted",
    "replications.cost_band",
    "replications.public_id",
    "replications.result",
    "replications.source_url",
    "revision_countries.note",
    "revision_organisations.name",
    "revision_prerequisites.need",
    "revision_prerequisites.topic",
    "revision_sources.title",
    "revision_sources.url",
    "revision_terms.code",
    "revision_texts.conditions",
    "revision_texts.description",
    "revision_texts.do_no_harm",
    "revision_texts.error_rates",
    "revision_texts.lessons",
    "revision_texts.misuse_risk",
    "revision_texts.name",
    "revision_texts.novelty",
    "revision_texts.privacy",
    "revision_texts.problem",
    "revision_texts.results",
    "revision_texts.short_description",
    "stored_files.filename",
)
"""What a record and its proofs say."""

VETTED = (
    "applications.consent_version",
    "applications.decision_words",
    "applications.organisation_name",
    "applications.reasons",
    "applications.website",
    "applications.words",
    "factor_resets.decision_words",
    "factor_resets.public_id",
    "factor_resets.words",
    "law_enforcement_statuses.authority",
    "law_enforcement_statuses.decision_words",
    "law_enforcement_statuses.public_id",
    "law_enforcement_statuses.reference",
    "law_enforcement_statuses.words",
    "members.email",
)
"""What people say of themselves to be let in, and what they were answered."""

REPORTED = (
    "abuse_reports.answer",
    "abuse_reports.public_id",
    "abuse_reports.quoted",
    "abuse_reports.words",
    "contact_messages.subject",
    "contact_messages.words",
)
"""A report of abuse with the message that was reported; no other message is anybody's but those two people's."""

UNVERIFIED = (
    "organisation_domains.domain",
    "organisation_merges.decision_words",
    "organisation_merges.public_id",
    "organisation_merges.reason",
    "organisation_verifications.decision_words",
    "organisation_verifications.domain",
    "organisation_verifications.evidence",
    "organisation_verifications.public_id",
    "organisation_verifications.words",
    "organisations.description",
    "organisations.funding",
    "organisations.identifier",
    "organisations.identifier_scheme",
    "organisations.short_name",
    "organisations.type",
    "organisations.website",
)
"""What an organisation says to be verified, and whether it is another one."""

PROFILE = (
    "profile_links.title",
    "profile_links.url",
    "profiles.biography",
    "profiles.headline",
    "profiles.needs",
    "profiles.offers",
)
"""A page for law enforcement of every country; its contact is for nobody."""

ASKED = (
    "collaboration_requests.background",
    "collaboration_requests.brings",
    "collaboration_requests.outcome_wanted",
    "collaboration_requests.public_id",
    "collaboration_requests.summary",
    "collaboration_requests.title",
    "request_questions.answer",
    "request_questions.words",
    "request_terms.code",
    "requirements.words",
    "requirements_versions.why",
)
"""What a request says, and what was asked about it and answered."""

OFFERED = (
    "conversation_messages.public_id",
    "conversation_messages.words",
    "message_files.public_id",
    "response_answers.evidence",
    "responses.conditions",
    "responses.decision_reason",
    "responses.decision_words",
    "responses.offer",
    "responses.public_id",
)
"""What came in answer to it, which who asks alone reads: law enforcement of its audience does not."""

STAGED = (
    "entry_materials.title",
    "entry_materials.url",
    "entry_presenters.name",
    "programme_changes.room_after",
    "programme_changes.room_before",
    "programme_changes.title",
    "showcase_criteria.explanation",
    "showcase_criteria.name",
    "showcase_entries.pitch",
    "showcase_entries.presence_words",
    "showcase_rooms.access_words",
    "showcase_rooms.name",
    "showcase_slots.public_id",
    "showcase_slots.title",
    "showcase_sources.title",
    "showcase_sources.url",
    "showcase_sponsors.gives",
    "showcase_sponsors.name",
    "showcase_tracks.name",
    "showcases.accessibility",
    "showcases.call_words",
    "showcases.cancelling_words",
    "showcases.city",
    "showcases.description",
    "showcases.host_event",
    "showcases.name",
    "showcases.public_id",
    "showcases.report",
    "showcases.summary",
    "showcases.unknowns",
    "showcases.venue",
)
"""What the audience of a showcase reads: nothing of scores, decisions, needs, or of who comes."""

PROMISED = (
    "action_plans.name",
    "action_plans.public_id",
    "assessments.public_id",
    "assessments.report",
    "assessments.source_url",
    "assessments.words",
    "commitment_events.public_id",
    "commitment_events.source_url",
    "commitment_events.words",
    "commitment_evidence.decision_words",
    "commitment_evidence.finding",
    "commitment_evidence.public_id",
    "commitment_evidence.title",
    "commitment_evidence.url",
    "commitment_handovers.answer_words",
    "commitment_handovers.institution",
    "commitment_handovers.public_id",
    "commitment_handovers.words",
    "commitment_ownerships.institution",
    "commitment_ownerships.source_url",
    "commitment_ownerships.words",
    "commitment_parties.name",
    "commitment_terms.code",
    "commitments.ambition",
    "commitments.code",
    "commitments.ended_words",
    "commitments.objective",
    "commitments.source_notes",
    "commitments.source_title",
    "commitments.source_url",
    "commitments.status_quo",
    "commitments.title",
    "commitments.title_in_source",
    "milestone_metrics.metric",
    "milestones.description",
    "milestones.status_words",
    "milestones.title",
)
"""What keepers read of a draft, and of a public commitment besides what everybody reads."""

ERASED = ("log_erasures.decision_words", "log_erasures.public_id", "log_erasures.reason")

SEEN = {
    **dict.fromkeys(READ, READERS),
    **dict.fromkeys(ASKED, READERS),
    **dict.fromkeys(OFFERED, OWNER),
    **dict.fromkeys(STAGED, frozenset({"law enforcement"})),
    # what waits for review, of which they read no title
    "collaboration_requests.public_id": READERS | COORDINATORS,
    "requirements_versions.public_id": COORDINATORS,
    **dict.fromkeys(VETTED, COORDINATORS),
    **dict.fromkeys(REPORTED, COORDINATORS),
    **dict.fromkeys(UNVERIFIED, COORDINATORS),
    **dict.fromkeys(PROFILE, ALL_POLICE),
    **dict.fromkeys(PROMISED, COORDINATORS),
    **dict.fromkeys(ERASED, INTEGRITY_OFFICERS),
    "term_additions.label": COORDINATORS | ALL_POLICE,
    "term_additions.public_id": COORDINATORS | ALL_POLICE,
    "evidence.decision_words": OWNER,
    "ownership_offers.words": OWNER,
    "review_decisions.words": OWNER,
    # the adopter of the replication; and the organisation that somebody belongs to
    "organisations.name": READERS | COORDINATORS,
    # who responded, to the owner
    "members.display_name": APPOINTERS | ALL_POLICE | OWNER,
    "members.public_id": APPOINTERS | ALL_POLICE,
    "role_grants.public_id": APPOINTERS,
    "role_proposals.decision_words": APPOINTERS,
    "role_proposals.public_id": APPOINTERS,
    "role_proposals.reason": APPOINTERS,
    # why somebody was suspended, in their file; why a role was proposed, in the log
    "audit_entries.reason": COORDINATORS | INTEGRITY_OFFICERS,
    "declared_interests.organisation_name": INTEGRITY_OFFICERS,
    # why there is a floor of exposure, which coordinators tell one another
    "exposure_floors.reason": COORDINATORS,
}

MAILED = {
    "application_declined": {"applications.decision_words"},
    # to those who decide about an organisation or belong to it
    "digest": {"organisations.name"},
    "invitation": {"members.display_name", "organisations.name"},
    "law_enforcement_ended": {"law_enforcement_statuses.decision_words"},
    "law_enforcement_declined": {"law_enforcement_statuses.decision_words"},
    "member_suspended": {"audit_entries.reason"},
    "notification": {"organisations.name"},
}
"""What mails say besides the fixed words of their kind; only to whom it concerns."""


def seen_by(name):
    """Return the columns whose words the table lets somebody see."""
    return {column for column, names in SEEN.items() if name in names}
