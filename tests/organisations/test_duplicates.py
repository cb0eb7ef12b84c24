"""Two organisations that may be one: in different scripts, by register, website or mail; and those that are not."""
# ruff: noqa: RUF001 - names in other scripts are what is tested

import pytest

from hub.organisations.duplicates import Particulars, particulars_of, reasons
from hub.organisations.models import Organisation, OrganisationDomain


def said(first, second):
    return [str(reason.message % dict(reason.parameters)) for reason in reasons(first, second)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("საერთაშორისო გამჭვირვალობა - საქართველო", "Saertashoriso Gamchvirvaloba - Sakartvelo"),
        ("საქართველოს ახალგაზრდა იურისტთა ასოციაცია", "Sakartvelos Akhalgazrda Iuristta Asotsiatsia"),
        (
            "Національне агентство з питань запобігання корупції",
            "Natsionalne ahentstvo z pytan zapobihannia koruptsii",
        ),
        ("Центр протидії корупції", "Tsentr protydii koruptsii"),
        ("Агенција за борбу против корупције", "Agencija za borbu protiv korupcije"),
        ("Εθνική Αρχή Διαφάνειας", "Ethniki Archi Diafaneias"),
        ("هيئة مكافحة الفساد", "Hay'at Mukafahat al-Fasad"),
        ("国家监察委员会", "Guojia Jiancha Weiyuanhui"),
        ("भ्रष्टाचार निरोधक ब्यूरो", "Bhrashtachar Nirodhak Byuro"),
    ],
)
def test_one_organisation_in_two_scripts_is_found(first, second):
    [words] = said(Particulars(first, country="GE"), Particulars(second, country="GE"))
    assert words.startswith("In Latin letters the names are nearly the same")
    assert said(Particulars(second), Particulars(first))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Transparency International", "TRANSPARENCY  INTERNATIONAL"),
        ("Open Ownership", "Open-Ownership"),
        ("Fundación Ciudadana", "Fundacion ciudadana"),
        ("Transparency International", "Trаnspаrеncy Intеrnаtionаl"),
        ("Transparency International", "Transparency lnternationa\u200bl"),
    ],
)
def test_names_that_read_the_same_are_the_same(first, second):
    assert said(Particulars(first), Particulars(second)) == ["The names read the same."]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("University of Oslo", "University of Olso"),
        ("Bank of Georgia", "Bank of Georgia, JSC"),
        (
            "Institute for Development of Freedom of Information",
            "Institute for the Development of Freedom of Information",
        ),
        ("Contraloría General", "General Contraloría"),
    ],
)
def test_nearly_the_same_name_is_said_to_be_so(first, second):
    assert said(Particulars(first), Particulars(second)) == ["The names are nearly the same."]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Transparency International Georgia", "Transparency International Ukraine"),
        ("Ministry of Justice", "Ministry of Finance"),
        ("Open Contracting Partnership", "Open Government Partnership"),
        ("Anti-Corruption Agency", "Anti-Corruption Academy"),
        ("State Audit Office", "State Audit Service"),
        ("Центр протидії корупції", "Центр громадської протидії"),
        ("هيئة مكافحة الفساد", "هيئة النزاهة"),
        ("هيئة مكافحة الفساد", "State Audit Office"),
        ("国家监察委员会", "Ministry of Supervision"),
        ("★", "☆"),
    ],
)
def test_different_organisations_are_not_taken_for_one(first, second):
    assert not reasons(Particulars(first, country="GE"), Particulars(second, country="GE"))


def test_every_country_may_have_its_ministry_of_justice():
    georgian, norwegian = (Particulars("Ministry of Justice", country=code) for code in ("GE", "NO"))
    assert not reasons(georgian, norwegian)
    assert reasons(georgian, Particulars("Ministry of Justice"))


def test_short_names_count_against_names_too():
    full = Particulars("Institute for Development of Freedom of Information", short_name="IDFI")
    assert said(full, Particulars("Idfi")) == ["Both are called IDFI."]
    assert said(Particulars("Idfi"), full) == ["Both are called IDFI."]
    assert said(full, Particulars("Another", short_name="idfi")) == ["Both are called IDFI."]
    assert not reasons(Particulars("A", short_name=""), Particulars("B", short_name=""))


def test_the_same_identifier_counts_across_countries_and_comes_first():
    first = Particulars(
        "Acme", country="GB", scheme="GB-COH", identifier="09506232", website="https://acme.example"
    )
    second = Particulars(
        "Other", country="NO", scheme="GB-COH", identifier="09506232", website="www.ACME.example/en/"
    )
    assert said(first, second) == [
        "Both have the identifier GB-COH-09506232.",
        "Both have the website acme.example.",
    ]
    assert not reasons(
        Particulars("A", scheme="NO-BRC", identifier="972417920"),
        Particulars("B", scheme="UA-EDR", identifier="972417920"),
    )


def test_bodies_on_one_government_website_differ_by_their_page():
    first, second = (
        Particulars(name, website=f"https://www.gov.example/{name}") for name in ("justice", "finance")
    )
    assert not reasons(first, second)
    assert reasons(first, Particulars("x", website="https://gov.example/en-GB/justice/about"))


@pytest.mark.parametrize("website", ["", "https://", "http://[", "://", "javascript:alert(1)"])
def test_a_broken_website_is_none(website):
    assert not reasons(Particulars("A", website=website), Particulars("B", website=website))


def test_a_shared_mail_domain_counts_unless_anybody_can_have_it():
    first = Particulars("A", email_domains=frozenset({"idfi.example", "gmail.com"}))
    assert said(first, Particulars("B", email_domains=frozenset({"IDFI.example"}))) == [
        "Both use the domain idfi.example."
    ]
    assert said(first, Particulars("B", website="https://www.idfi.example/ge")) == [
        "Both use the domain idfi.example."
    ]
    assert not reasons(first, Particulars("B", email_domains=frozenset({"gmail.com"})))


def test_what_is_stored_of_an_organisation_can_be_compared():
    stored = Organisation(
        name="Acme",
        identifier_scheme="GB-COH",
        identifier="09506232",
        domains=[OrganisationDomain(domain="acme.example")],
    )
    assert particulars_of(stored) == Particulars(
        "Acme", scheme="GB-COH", identifier="09506232", email_domains=frozenset({"acme.example"})
    )
