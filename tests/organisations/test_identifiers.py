"""Identifiers of organisations: real public ones in every spelling, and what is refused with words."""

import re

import pytest

from hub.core.errors import InvalidError
from hub.organisations.identifiers import check_identifier, org_id, scheme_country
from hub.organisations.registers import FORMS
from hub.vocabularies.loader import vocabulary

# Taken from the examples of org-id.guide and from what the bodies publish on their own pages.
REAL = [
    ("XI-LEI", "724500pmk2a2m1sqq228", "724500PMK2A2M1SQQ228"),
    ("XI-LEI", "5493 00IT S31Q K8VR BQ14", "549300ITS31QK8VRBQ14"),
    ("XI-ROR", "https://ror.org/05asf4e91", "05asf4e91"),
    ("XI-ROR", "01KJ2BM70", "01kj2bm70"),
    ("XM-DAC", "41114", "41114"),
    ("XI-IATI", "IADB", "IADB"),
    ("AR-CUIT", "30693307062", "30-69330706-2"),
    ("AU-ABN", "52 093 617 380", "52093617380"),
    ("BE-BCE_KBO", "0521.749.439", "0521749439"),
    ("BE-BCE_KBO", "BE 0403.170.701", "0403170701"),
    ("BR-CNPJ", "02.326.629/0001-51", "02326629-0001-51"),
    ("CA-CRA_ACR", "101182509 RP0001", "101182509"),
    ("CH-FDJP", "CHE-104.867.501 MWST", "CHE104867501"),
    ("CH-FDJP", "che250363279", "CHE250363279"),
    ("CL-RUT", "60.803.000-k", "60803000K"),
    ("CO-RUE", "900.876.653-3", "900876653"),
    ("CZ-ICO", "006947", "00006947"),
    ("DE-CR", "RA000351 - HRB 758147", "RA000351-HRB758147"),
    ("DK-CVR", "24 25 67 90", "24256790"),
    ("EE-RIK", "70006317", "70006317"),
    ("ES-DIR3", "e00142804", "E00142804"),
    ("ES-NIF", "G-02766913", "G02766913"),
    ("FI-PRO", "20774740", "2077474-0"),
    ("FR-RCS", "799 640 131 00014", "799640131"),
    ("GB-CHC", "1173575", "1173575"),
    ("GB-COH", " 9506232 ", "09506232"),
    ("GB-COH", "sc213182", "SC213182"),
    ("GB-COH", "GB-COH-07444723", "07444723"),
    ("GB-GOR", "ot1211", "OT1211"),
    ("GB-NIC", "NIC 100002", "100002"),
    ("GB-SC", "SC042386", "SC042386"),
    ("GE-NAPR", "416337084", "416337084"),
    ("IE-CRO", "83424", "83424"),
    ("IN-MCA", "u24222ur1975ptc004194", "U24222UR1975PTC004194"),
    ("IT-CF", "80078410588", "80078410588"),
    ("JP-JCN", "3000020278670", "3000020278670"),
    ("KE-NCB", "200201282375", "200201282375"),
    ("MD-IDNO", "1003600158022", "1003600158022"),
    ("MX-RFC", "SAT-970701-NN3", "SAT970701NN3"),
    ("NL-KVK", "54416485", "54416485"),
    ("NO-BRC", "NO 968 253 980 MVA", "968253980"),
    ("PE-RUC", "20496123116", "20496123116"),
    ("PL-KRS", "33976", "0000033976"),
    ("RS-APR", "06115403", "06115403"),
    ("SE-BLV", "2021005489", "202100-5489"),
    ("SG-ACRA", "T08GB0046G", "T08GB0046G"),
    ("UA-EDR", "19280108", "19280108"),
    ("US-EIN", "53-0196605", "530196605"),
    ("ZA-CIP", "1994/010680/07", "1994-010680-07"),
    ("ZA-NPO", "015-712 NPO", "015-712"),
]


@pytest.mark.parametrize(("scheme", "typed", "written"), REAL)
def test_a_real_identifier_is_written_as_its_register_does(scheme, typed, written):
    assert check_identifier(scheme, typed) == written
    assert check_identifier(scheme, written) == written


@pytest.mark.parametrize("scheme", sorted(FORMS))
def test_every_form_is_of_a_register_that_the_hub_takes_and_its_example_fits(scheme):
    assert scheme in vocabulary("identifier_schemes")
    assert check_identifier(scheme, FORMS[scheme].example) == FORMS[scheme].example


@pytest.mark.parametrize(
    ("scheme", "typed"),
    [
        ("XI-LEI", "549300ITS31QK8VRBQ15"),
        ("AU-ABN", "52093617381"),
        ("FR-RCS", "799640132"),
        ("NO-BRC", "972417921"),
        ("CH-FDJP", "CHE104867502"),
        ("BR-CNPJ", "02326629-0001-52"),
        ("UA-EDR", "38422949"),
    ],
)
def test_a_wrong_check_digit_is_named(scheme, typed):
    with pytest.raises(InvalidError, match="check digit") as refused:
        check_identifier(scheme, typed)
    assert refused.value.field == "identifier"
    assert refused.value.parameters["example"] == FORMS[scheme].example


@pytest.mark.parametrize("scheme", sorted(FORMS))
@pytest.mark.parametrize(
    "typed", ["", "not a number", "٠٩٥٠٦٢٣٢", "?", pytest.param("9" * 2_000_000, id="2 MB")]
)
def test_what_does_not_have_the_form_is_refused_with_an_example(scheme, typed):
    with pytest.raises(InvalidError) as refused:
        check_identifier(scheme, typed)
    assert refused.value.field == "identifier"
    assert FORMS[scheme].example in str(refused.value)
    assert not re.search(r"%\(|\b0 digits", str(refused.value))


@pytest.mark.parametrize("typed", ["A", "two words", "x" * 81, "RC1\u202e234", "RC\u200b1234", "a\nb"])
def test_a_register_without_a_known_form_takes_printable_signs_without_spaces(typed):
    assert check_identifier("NG-CAC", " CAC/IT/NO/25182 ") == "CAC/IT/NO/25182"
    with pytest.raises(InvalidError, match="as the register writes it"):
        check_identifier("NG-CAC", typed)


def test_signs_of_full_width_and_other_dashes_are_read_as_the_plain_ones():
    assert check_identifier("FI-PRO", "\uff12\uff1077474–0") == "2077474-0"


def test_a_register_that_the_hub_does_not_take_is_refused_by_its_own_field():
    with pytest.raises(InvalidError) as refused:
        check_identifier("GB-XYZ", "1")
    assert refused.value.field == "identifier_scheme"


def test_the_whole_identifier_names_the_register():
    assert org_id("GB-COH", "09876543") == "GB-COH-09876543"


@pytest.mark.parametrize(
    ("scheme", "country"), [("GB-COH", "GB"), ("BE-BCE_KBO", "BE"), ("XI-LEI", None), ("XM-DAC", None)]
)
def test_a_register_is_of_one_country_or_of_many(scheme, country):
    assert scheme_country(scheme) == country
