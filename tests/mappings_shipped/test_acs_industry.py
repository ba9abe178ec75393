"""`usa/acs-pums`: the industry codes of every dictionary lie in the section that the letters of their label name."""

from __future__ import annotations

import re
import shutil
import subprocess
from functools import cache

import pytest

from harmonize.mapping import load_mapping
from harmonize.rules.codes import CodesRule
from harmonize.rules.source_codes import Code
from tests.mappings_shipped.places_of import code_list, real

# the first three letters of a label, and the sections that its industries belong to
SECTIONS = {
    "AGR": {"isic_a"},
    "EXT": {"isic_b"},
    "UTL": {"isic_other"},
    "CON": {"isic_f"},
    "MFG": {"isic_c"},
    "WHL": {"isic_g"},
    "RET": {"isic_g"},
    "TRN": {"isic_h"},
    "INF": {"isic_j", "isic_r"},
    "FIN": {"isic_k", "isic_l", "isic_n"},
    "PRF": {"isic_e", "isic_j", "isic_m", "isic_n", "isic_other"},
    "EDU": {"isic_p"},
    "MED": {"isic_q"},
    "SCA": {"isic_q"},
    "ENT": {"isic_i", "isic_r"},
    "SRV": {"isic_g", "isic_s", "isic_t"},
    "ADM": {"isic_o"},
    "MIL": {"isic_o"},
    "UNE": {"not_applicable"},
}

# what a word of the label says where its letters leave a choice
WORDS = {
    r"^inf-librar": "isic_r",
    r"comput.*(systems design|data processing)|software|publish|broadcast|telecomm": "isic_j",
    r"insurance": "isic_k",
    r"real estate": "isic_l",
    r"(rental|leasing)": "isic_n",
    r"waste management": "isic_e",
    r"management of companies": "isic_other",
    r"(accounting|legal|architect|advertising|veterinary|research and development|specialized design)": "isic_m",
    r"(employment services|business support|travel|security services|landscap|buildings and dwellings)": "isic_n",
    r"(traveler accommodation|vehicle parks|food services|drinking places)": "isic_i",
    r"(performing arts|sports|museum|bowling|amusement)": "isic_r",
    r"(automotive repair|car washes)": "isic_g",
    r"(barber|beauty|religious|labor unions|funeral|electronic and precision|industrial machinery)": "isic_s",
    r"private households": "isic_t",
}
PREFIXES_WITH_A_CHOICE = {prefix for prefix, sections in SECTIONS.items() if len(sections) > 1}


@cache
def given() -> tuple[tuple[str, Code], ...]:
    """(category, code or range) of the mapping."""
    body = load_mapping("usa/acs-pums").variables["industry"].rule.body
    assert isinstance(body, CodesRule)
    return tuple((str(entry.value), code) for entry in body.entries for code in entry.codes if not code.is_blank)


def sections_of(code: str) -> list[str]:
    """The categories of the mapping that hold a code: one, if its ranges don't overlap."""
    number = float(code)
    return [value for value, mine in given() if (mine.holds_number(number) if mine.is_range else mine.low == number)]


def assert_in_its_section(code: str, label: str) -> None:
    found = sections_of(code)
    assert len(found) == 1, (code, label, found)
    prefix = label[:3].upper()
    assert found[0] in SECTIONS[prefix], (code, label, found)
    if prefix in PREFIXES_WITH_A_CHOICE:
        said = [section for words, section in WORDS.items() if re.search(words, label.lower())]
        assert not said or found[0] in said, (code, label, found)


def test_every_industry_of_the_dictionaries_of_2017_to_2023_is_in_its_section() -> None:
    codes = code_list("acs_pums_codes", "INDP", "from")
    labels = {code: of for code, of in codes.items() if code != "bbbb"}
    assert len(labels) > 290
    for code, of in labels.items():
        for label in of:
            assert_in_its_section(code, label)


@pytest.mark.parametrize("year", [2019, 2022, 2023])
def test_the_code_list_has_the_industries_of_each_dictionary(year: int) -> None:
    lines = real(f"codes/pums-dict_acs1-{year}.csv").read_text(encoding="utf-8").splitlines()
    codes = {line.split(",")[4].strip('"') for line in lines if line.startswith("VAL,INDP,")}
    assert len(codes) > 260
    assert codes <= set(code_list("acs_pums_codes", "INDP", "from"))


def test_every_industry_of_the_dictionary_of_2011_is_in_its_section() -> None:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed (poppler-utils), so the dictionary of 2011 can't be read")
    pdf = real("acs-pums-2011/PUMSDataDict11.pdf")
    text = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, text=True, check=True).stdout
    part = text[text.index("INDP          4") : text.index("JWAP          3")]
    labels = dict(re.findall(r"^\s*(\d{4}) \.(.+)$", part, re.MULTILINE))
    assert len(labels) == 269
    for code, label in labels.items():
        assert_in_its_section(code, label)
