"""The controlled vocabularies: complete, unambiguous, each with its scheme and version."""

import re
from urllib.parse import urlsplit

import pytest
from babel import Locale

from hub.access.audience import Tlp
from hub.vocabularies.loader import names, vocabulary

NAMES = (
    "abuse_kinds",
    "application_reasons",
    "change_reasons",
    "cost_bands",
    "countries",
    "decline_reasons",
    "dismissal_reasons",
    "evidence_levels",
    "evidence_types",
    "functions",
    "identifier_schemes",
    "intended_users",
    "interest_kinds",
    "irm_ambition",
    "irm_answers",
    "irm_completion",
    "irm_early_results",
    "irm_opening",
    "irm_potential_impact",
    "irm_specificity",
    "kinds",
    "licences",
    "member_types",
    "offences",
    "ogp_policy_areas",
    "ogp_values",
    "open_to",
    "organisation_types",
    "outcome_kinds",
    "pass_reasons",
    "policy_areas",
    "prerequisite_areas",
    "prerequisites",
    "problem_kinds",
    "readiness_states",
    "report_senders",
    "report_sources",
    "report_subjects",
    "request_change_reasons",
    "request_decline_reasons",
    "request_types",
    "response_decline_reasons",
    "sectors",
    "skills",
    "stages",
    "standards",
    "tlp",
)

LONGEST_CODE = {"licences": 80, "prerequisites": 60}
"""Columns for codes take 40 characters, those for licences 80 and for prerequisites 60."""


def codes(name):
    return [term.code for term in vocabulary(name).terms]


def test_these_vocabularies_are_there():
    assert names() == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_vocabulary_says_where_it_comes_from(name):
    loaded = vocabulary(name)
    assert urlsplit(loaded.scheme).scheme in {"http", "https", "urn", "tag"}, loaded.scheme
    assert loaded.version
    assert loaded.title
    assert loaded.source


@pytest.mark.parametrize("name", NAMES)
def test_codes_are_unique_and_fit_their_column(name):
    found = codes(name)
    assert found
    assert len(found) == len(set(found))
    assert len({code.lower() for code in found}) == len(found)
    assert all(0 < len(code) <= LONGEST_CODE.get(name, 40) for code in found)
    assert all(code.isascii() and code.isprintable() and code == code.strip() for code in found)


@pytest.mark.parametrize("name", [name for name in NAMES if name != "countries"])
def test_labels_are_unique_and_words(name):
    labels = [term.label for term in vocabulary(name).terms]
    assert all(label and label == label.strip() for label in labels)
    assert len(labels) == len(set(labels))


def test_the_functions_are_those_of_the_domain():
    assert set(codes("functions")) == {
        "report", "detect", "investigate", "prevent", "prosecute", "recover_assets", "protect_reporters",
        "educate", "monitor", "coordinate",
    }  # fmt: skip


def test_the_offences_are_articles_15_to_25_of_the_convention():
    articles = {int(found) for code in codes("offences") for found in re.findall(r"\d+", code)}
    assert articles == set(range(15, 26))


def test_the_countries_are_those_of_iso_3166():
    found = codes("countries")
    assert all(re.fullmatch("[A-Z]{2}", code) for code in found)
    assert set(found) >= {"CH", "ID", "ES", "GE", "AE", "AU", "NO", "FR", "GB", "UA", "SS", "TL", "PS", "TW"}
    assert (
        len(set(found) - {"EU"}) == 249
    )  # the code of the European Union is reserved there, and stands for it here
    assert not set(found) & {"UK", "XX", "ZZ", "SU", "YU"}


def test_every_country_has_a_name():
    english = Locale.parse("en_GB").territories
    assert all(english.get(code) for code in codes("countries"))


def test_the_licences_are_those_of_spdx():
    found = set(codes("licences"))
    assert len(found) > 600
    assert found >= {"MIT", "EUPL-1.2", "AGPL-3.0-or-later", "CC-BY-4.0", "Apache-2.0", "ODbL-1.0", "CC0-1.0"}
    assert found >= {"proprietary", "not_stated"}


def test_labels_of_the_traffic_light_protocol_are_never_translated():
    terms = vocabulary("tlp").terms
    assert [term.code for term in terms] == [tlp.value for tlp in Tlp]
    assert not any(term.is_translated for term in terms)


def test_the_stages_and_kinds_are_those_of_the_domain():
    assert set(codes("stages")) == {
        "concept", "development", "beta", "stable", "obsolete", "on_hold", "abandoned"
    }  # fmt: skip
    assert set(codes("kinds")) == {
        "software", "data", "standard", "ai_model", "method", "policy", "institution", "training", "network"
    }  # fmt: skip


def test_the_data_standards_of_the_field_are_there():
    found = {code.lower() for code in codes("standards")}
    for name in ("ocds", "bods", "360giving", "eiti", "iati", "lei", "goaml"):
        assert any(name in code for code in found), name


def test_the_types_of_evidence_are_those_of_the_domain():
    assert codes("evidence_types") == [
        "testimony", "output_data", "before_after", "comparison_group", "randomised_trial",
        "independent_evaluation", "audit", "peer_reviewed_study", "court_result",
    ]  # fmt: skip


def test_every_common_prerequisite_is_of_an_area_and_every_area_has_some():
    assert {code.partition(".")[0] for code in codes("prerequisites")} == set(codes("prerequisite_areas"))
    assert codes("prerequisite_areas") == ["law", "data", "registry", "staff", "technology", "budget"]
    assert codes("readiness_states") == ["ready", "needs", "blocked"]


def test_what_members_are_open_to_is_that_of_the_domain():
    assert codes("open_to") == ["collaborate", "pilot", "mentor", "speak", "evaluate"]


def test_reports_of_abuse_name_one_of_six_kinds_and_the_last_is_anything_else():
    assert codes("abuse_kinds") == [
        "advertising", "threat", "impersonation", "case_information", "malicious_link", "other"
    ]  # fmt: skip


def test_the_skills_are_about_sixty_and_each_is_explained():
    terms = vocabulary("skills").terms
    assert 55 <= len(terms) <= 70
    assert all(term.description for term in terms)
    assert {"data_analysis", "procurement_analysis", "forensic_accounting", "asset_tracing"} <= set(
        codes("skills")
    )


def test_registers_of_organisations_are_codes_of_org_id_guide_under_their_own_names():
    terms = vocabulary("identifier_schemes").terms
    countries = set(codes("countries"))
    assert all(re.fullmatch("[A-Z]{2}-[A-Z0-9_]+", term.code) for term in terms)
    assert all(term.code[:2] in countries | {"XI", "XM"} for term in terms)
    assert not any(term.is_translated for term in terms)
    assert {"GB-COH", "US-EIN", "XI-LEI", "GE-NAPR", "ID-KHH", "NO-BRC"} <= set(codes("identifier_schemes"))


def test_a_code_that_is_no_longer_held_stands_for_itself():
    kinds = vocabulary("kinds")
    assert "software" in kinds
    assert "abacus" not in kinds
    assert kinds.find("abacus") is None
    assert kinds.label("abacus") == "abacus"


@pytest.mark.parametrize("name", ["", "nothing", "../data/kinds", "kinds.json"])
def test_an_unknown_vocabulary_is_a_mistake(name):
    with pytest.raises(KeyError):
        vocabulary(name)
