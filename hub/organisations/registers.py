"""How each register writes its identifiers, as a table; `identifiers.py` applies it.

Forms follow the examples of org-id.guide; check digits are those that python-stdnum knows.
"""

from collections.abc import Callable
from dataclasses import dataclass

from stdnum import lei
from stdnum.ar import cuit
from stdnum.au import abn
from stdnum.be import vat as be_vat
from stdnum.br import cnpj
from stdnum.ca import bn
from stdnum.ch import uid
from stdnum.cl import rut
from stdnum.dk import cvr
from stdnum.ee import registrikood
from stdnum.es import cif
from stdnum.fi import ytunnus
from stdnum.fr import siren
from stdnum.it import iva
from stdnum.jp import cn
from stdnum.md import idno
from stdnum.no import orgnr as no_orgnr
from stdnum.pe import ruc
from stdnum.se import orgnr as se_orgnr
from stdnum.sg import uen
from stdnum.ua import edrpou

from hub.core.i18n import N_

DIGITS = N_("An identifier of this register has %(digits)s digits, such as %(example)s.")


@dataclass(frozen=True)
class Form:
    """The form of one register's identifiers.

    Args:
        pattern: regular expression for the whole identifier without white space, in capitals.
        example: a real identifier in its normal form.
        words: message id that says the form, with `%(example)s` and, where it helps, `%(digits)s`.
        digits: how many digits, for `words`.
        written: template of `re.Match.expand` that makes the normal form.
        for_reading: signs that people put between the digits, taken away.
        width: filled up to this length with zeros in front, which spreadsheets drop.
        is_lower_case: the register writes small letters.
        has_right_check_digit: says whether the check digits of a normal form fit; None where there are none.
    """

    pattern: str
    example: str
    words: str = DIGITS
    digits: int = 0
    written: str = r"\g<0>"
    for_reading: str = ""
    width: int = 0
    is_lower_case: bool = False
    has_right_check_digit: Callable[[str], bool] | None = None


def _digits(count: int, example: str, check: Callable[[str], bool] | None = None, *, width: int = 0) -> Form:
    """Return the form of registers that number with `count` digits, at least `count - width` of them typed."""
    return Form(
        rf"\d{{{count - width},{count}}}",
        example,
        digits=count,
        for_reading="-./",
        width=count,
        has_right_check_digit=check,
    )


def _is_swiss(identifier: str) -> bool:
    """Whether the check digit of a UID fits; the older numbers beginning with CH have another that few know."""
    return not identifier.startswith("CHE") or uid.is_valid(identifier)


FORMS = {
    "XI-LEI": Form(
        r"[A-Z0-9]{18}\d{2}",
        "549300ITS31QK8VRBQ14",
        N_("A Legal Entity Identifier has 18 letters and digits and two check digits, such as %(example)s."),
        has_right_check_digit=lei.is_valid,
    ),
    "XI-ROR": Form(
        r"(?:(?:https?://)?ror\.org/)?(0[a-hj-km-np-tv-z0-9]{6}\d{2})",
        "049e6bc10",
        N_("A ROR identifier has nine characters and begins with a zero, such as %(example)s."),
        written=r"\1",
        is_lower_case=True,
    ),
    "XM-DAC": Form(
        r"\d{1,5}(?:-\d{1,5})?",
        "41114",
        N_(
            "A DAC code is a number, with the agency's after a hyphen where there is one, such as %(example)s."
        ),
    ),
    "AR-CUIT": Form(
        r"(\d{2})-?(\d{8})-?(\d)",
        "30-69330706-2",
        digits=11,
        written=r"\1-\2-\3",
        has_right_check_digit=cuit.is_valid,
    ),
    "AU-ABN": _digits(11, "52093617380", abn.is_valid),
    "BE-BCE_KBO": Form(
        r"(?:BE)?([01]?\d{9})",
        "0403170701",
        digits=10,
        written=r"\1",
        for_reading="-.",
        width=10,
        has_right_check_digit=be_vat.is_valid,
    ),
    "BR-CNPJ": Form(
        r"([A-Z0-9]{8})([A-Z0-9]{4})(\d{2})",
        "24367342-0001-02",
        N_("A CNPJ has twelve digits or letters and two check digits, such as %(example)s."),
        written=r"\1-\2-\3",
        for_reading="-./",
        has_right_check_digit=cnpj.is_valid,
    ),
    "CA-CRA_ACR": Form(
        r"(\d{9})(?:R[A-Z]\d{4})?",
        "101182509",
        digits=9,
        written=r"\1",
        has_right_check_digit=bn.is_valid,
    ),
    "CH-FDJP": Form(
        r"(CHE\d{9}|CH\d{11})(?:MWST|TVA|IVA)?",
        "CHE106009709",
        N_("A UID is CHE and nine digits, such as %(example)s."),
        written=r"\1",
        for_reading="-.",
        has_right_check_digit=_is_swiss,
    ),
    "CL-RUT": Form(
        r"\d{7,8}[\dK]",
        "764241355",
        N_("A RUT has seven or eight digits and a check character, such as %(example)s."),
        for_reading="-.",
        has_right_check_digit=rut.is_valid,
    ),
    "CO-RUE": Form(r"(\d{9,10}?)(?:-\d)?", "830093516", digits=9, written=r"\1", for_reading="."),
    "CZ-ICO": _digits(8, "00006947", width=2),
    "DE-CR": Form(
        r"(RA\d{6})-?((?:HRA|HRB|GNR|GSR|PR|VR)\d{1,6}[A-Z]{0,3})",
        "RA000220-VR8726",
        N_(
            "Write the court's code in the GLEIF list, a hyphen and the number in its register, such as %(example)s."
        ),
        written=r"\1-\2",
    ),
    "DK-CVR": _digits(8, "24256790", cvr.is_valid),
    "EE-RIK": _digits(8, "70006317", registrikood.is_valid),
    "ES-DIR3": Form(
        r"[A-Z][A-Z0-9]\d{7}",
        "E04100802",
        N_("A DIR3 code is a letter and eight digits, or two letters and seven digits, such as %(example)s."),
    ),
    "ES-NIF": Form(
        r"[A-HJNP-SUVW]\d{7}[A-J0-9]",
        "G85960730",
        N_("An organisation's NIF is a letter, seven digits and a check character, such as %(example)s."),
        for_reading="-.",
        has_right_check_digit=cif.is_valid,
    ),
    "FI-PRO": Form(
        r"(\d{7})-?(\d)",
        "2077474-0",
        N_("A Business ID has seven digits, a hyphen and a check digit, such as %(example)s."),
        written=r"\1-\2",
        has_right_check_digit=ytunnus.is_valid,
    ),
    "FR-RCS": Form(
        r"(\d{9})(?:\d{5})?",
        "799640131",
        N_(
            "A SIREN number has nine digits, such as %(example)s; of a SIRET number the hub keeps the first nine."
        ),
        written=r"\1",
        for_reading="-.",
        has_right_check_digit=siren.is_valid,
    ),
    "GB-CHC": Form(
        r"\d{6,7}(?:-\d{1,3})?",
        "1090095",
        N_("A charity number has six or seven digits, such as %(example)s."),
    ),
    "GB-COH": Form(
        r"\d{6,8}|[A-Z][A-Z0-9]\d{5}[A-Z0-9]",
        "09506232",
        N_("A company number has eight digits, or two letters and six digits, such as %(example)s."),
        width=8,
    ),
    "GB-GOR": Form(
        r"[A-Z]{1,3}\d{1,4}",
        "PB1204",
        N_("A code of this register is one to three letters and up to four digits, such as %(example)s."),
    ),
    "GB-NIC": Form(r"(?:NIC)?(\d{6})", "100002", digits=6, written=r"\1"),
    "GB-SC": Form(
        r"(?:SC)?0?(\d{5})",
        "SC025693",
        N_("A Scottish charity number is SC and six digits, such as %(example)s."),
        written=r"SC0\1",
    ),
    "GB-UKPRN": _digits(8, "10000346"),
    "GE-NAPR": _digits(9, "202378480"),
    "IE-CRO": Form(
        r"\d{1,6}",
        "549061",
        N_("A company number of this register has up to six digits, such as %(example)s."),
    ),
    "IN-MCA": Form(
        r"[LU]\d{5}[A-Z]{2}\d{4}[A-Z]{3}\d{6}|[A-Z]{3}-?\d{4}|F\d{5}",
        "L24111UR1986PLC015895",
        N_(
            "A CIN begins with L or U and has 21 characters, such as %(example)s; LLPIN and FCRN are taken as well."
        ),
    ),
    "IT-CF": _digits(11, "80078410588", iva.is_valid),
    "JP-JCN": _digits(13, "3000020278670", cn.is_valid),
    "LV-RE": _digits(11, "90000069281"),
    "MD-IDNO": _digits(13, "1003600158022", idno.is_valid),
    "MX-RFC": Form(
        r"[A-ZÑ&]{3}\d{6}[A-Z0-9]{3}",
        "SAT970701NN3",
        N_("An organisation's RFC has three letters, six digits and three characters, such as %(example)s."),
        for_reading="-",
    ),
    "NL-KVK": _digits(8, "41202535", width=1),
    "NO-BRC": Form(
        r"(?:NO)?(\d{9})(?:MVA)?",
        "972417920",
        digits=9,
        written=r"\1",
        has_right_check_digit=no_orgnr.is_valid,
    ),
    "PE-RUC": _digits(11, "20131312955", ruc.is_valid),
    "PL-KRS": _digits(10, "0000033976", width=5),
    "RS-APR": _digits(8, "20203641", width=1),
    "SE-BLV": Form(
        r"(?:16)?(\d{6})-?(\d{4})",
        "202100-5489",
        N_("An organisation number has six digits, a hyphen and four digits, such as %(example)s."),
        written=r"\1-\2",
        has_right_check_digit=se_orgnr.is_valid,
    ),
    "SG-ACRA": Form(
        r"\d{8,9}[A-Z]|[RST]\d{2}[A-Z]{2}\d{4}[A-Z]",
        "T08GB0046G",
        N_("A UEN has nine or ten digits and letters and ends with a letter, such as %(example)s."),
        has_right_check_digit=uen.is_valid,
    ),
    "UA-EDR": _digits(8, "38422948", edrpou.is_valid, width=1),
    "US-EIN": Form(r"\d{9}", "530196605", digits=9, for_reading="-"),
    "ZA-CIP": Form(
        r"(\d{4})[-/](\d{6})[-/](\d{2})",
        "2007-031592-07",
        N_("An enterprise number has four, six and two digits with hyphens between, such as %(example)s."),
        written=r"\1-\2-\3",
    ),
    "ZA-NPO": Form(
        r"(\d{2,3})-?(\d{3})-?(?:NPO)?",
        "181-465",
        N_(
            "A number of this register has two or three digits, a hyphen and three digits, such as %(example)s."
        ),
        written=r"\1-\2",
    ),
}
