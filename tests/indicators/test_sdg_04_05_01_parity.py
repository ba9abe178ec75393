"""4.5.1 on a few persons, the indices worked out by hand: literacy of persons aged 15 and over."""

from __future__ import annotations

import polars as pl
import pytest

from harmonize.indicators import INDICATORS
from tests import unprotected

MAPPING = """
mapping: my/parity
version: 1.0.0
title: Parity
source: {producer: Office}
sample: {id: S, country: CHL, year: 2020, kind: census}
design: {person_weight: weight, weight_decimals: 0}
variables:
  age: {from: age, number: {}}
"""
CODES = {
    "literacy": "{literate: literate, illiterate: illiterate, unknown: '?'}",
    "sex": "{female: female, male: male, unknown: '?'}",
    "urban_rural": "{rural: rural, urban: urban, unknown: '?'}",
    "nativity": "{foreign_born: foreign, native_born: native, unknown: '?'}",
}
PERSONS = """
weight | age | literacy   | sex    | urban_rural | nativity
2      | 20  | literate   | female | urban       | foreign
1      | 20  | illiterate | female | rural       | foreign
1      | 20  | literate   | male   | urban       | foreign
3      | 20  | illiterate | male   | rural       | foreign
1      | 20  | literate   | female | urban       | native
3      | 20  | illiterate | female | urban       | native
2      | 20  | literate   | male   | rural       | native
3      | 20  | illiterate | male   | urban       | native
9      | 14  | literate   | female | rural       | foreign
1      | 20  | ?          | male   | rural       | native
2      | 20  | literate   | ?      | ?           | ?
"""


@pytest.fixture
def parities(tmp_path):
    """`parities(persons)`: {comparison of a group of persons: its index}, and the rows of 4.5.1."""

    def call(text, number="4.5.1"):
        head, *lines = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
        pl.DataFrame(lines, schema=head, orient="row").write_csv(tmp_path / "persons.csv")
        rules = [f"  {name}: {{from: {name}, codes: {codes}}}\n" for name, codes in CODES.items() if name in head]
        (tmp_path / "m.yaml").write_text(MAPPING + "".join(rules), encoding="utf-8")
        rows = unprotected.run(
            str(tmp_path / "m.yaml"), [tmp_path / "persons.csv"], tmp_path / "out", indicators=[number]
        ).estimates.filter(series="literacy_15_plus")
        found = {}
        for row in rows.filter(statistic="parity").iter_rows(named=True):
            among = [row[name] for name in ("migratory_status", "sex", "urban_rural") if row[name] != "_T"]
            key = " of ".join([row["comparison"], *among])
            if row["disaggregation"] in TABLES:
                assert key not in found
                found[key] = row["estimate"]
        return found, rows

    return call


TABLES = {
    *("sex", "urban_rural", "migratory_status"),
    *("migratory_status*sex", "migratory_status*urban_rural", "migratory_status*sex*urban_rural"),
}


def test_a_parity_is_the_share_of_the_group_named_first_over_that_of_the_other(parities):
    found, _ = parities(PERSONS)
    # Women: weights 2 and 1 of 2 + 1 + 1 + 3 can read, 3/7. Men: 1 and 2 of 1 + 3 + 2 + 3, 1/3; he of whom it is
    # not known is left out, as is the girl of 14.
    assert found["female:male"] == pytest.approx((3 / 7) / (3 / 9))
    # In the country 2 of 1 + 3 + 2; in towns 2 + 1 + 1 of 2 + 1 + 1 + 3 + 3.
    assert found["rural:urban"] == pytest.approx((2 / 6) / (4 / 10))
    # The foreign-born: 2 + 1 of 2 + 1 + 1 + 3; the native-born: 1 + 2 of 1 + 3 + 2 + 3.
    assert found["migrant:non_migrant"] == pytest.approx((3 / 7) / (3 / 9))


def test_women_are_compared_with_men_and_the_country_with_towns_within_each_migratory_status(parities):
    found, _ = parities(PERSONS)
    # Of migrants, 2 of 3 women and 1 of 4 men; of the others 1 of 4 women and 2 of 5 men.
    assert found["female:male of migrant"] == pytest.approx((2 / 3) / (1 / 4))
    assert found["female:male of non_migrant"] == pytest.approx((1 / 4) / (2 / 5))
    # Of migrants none of those in the country can read, and all in towns: no parity at all, which is 0.
    assert found["rural:urban of migrant"] == 0
    # Both of the others in the country can, and 1 of the 7 in towns.
    assert found["rural:urban of non_migrant"] == pytest.approx(1 / (1 / 7))
    # Nobody of unknown status has a known sex: there is nothing to compare.
    assert not [key for key in found if key.endswith("of unknown")]


def test_migrants_are_compared_with_the_others_within_each_sex_and_place(parities):
    found, _ = parities(PERSONS)
    assert found["migrant:non_migrant of female"] == pytest.approx((2 / 3) / (1 / 4))
    assert found["migrant:non_migrant of male"] == pytest.approx((1 / 4) / (2 / 5))
    # In towns all 3 of the migrants and 1 of 7 others; of men there 1 of 1 and 0 of 3, which has no parity.
    assert found["migrant:non_migrant of urban"] == pytest.approx(1 / (1 / 7))
    assert found["migrant:non_migrant of male of urban"] is None


def test_an_index_above_1_is_not_inverted(parities):
    found, _ = parities(PERSONS)
    # Who is twice as likely has 2, not 1/2 or 1 - 1/2; turned round, women have 3/8 of what men have.
    assert found["female:male of migrant"] == pytest.approx(8 / 3)
    turned = PERSONS.replace(" female", " *").replace(" male", " female").replace("*", "male")
    assert parities(turned)[0]["female:male of migrant"] == pytest.approx(3 / 8)


def test_where_nobody_of_the_second_group_has_it_the_index_is_not_known(parities):
    _, rows = parities("""
    weight | age | literacy   | sex    | nativity
    1      | 20  | literate   | female | foreign
    1      | 20  | illiterate | male   | foreign
    1      | 20  | illiterate | male   | native
    """)
    (row,) = rows.filter(disaggregation="sex").to_dicts()
    # A half over nothing: no number, and the row says so; the persons are still counted.
    assert [row[name] for name in ("estimate", "se", "ci_lower", "ci_upper", "cv", "df")] == [None] * 6
    assert (row["obs_status"], row["n"], row["n_numerator"]) == ("M", 3, 1)


def test_a_group_of_whom_nobody_is_in_the_universe_makes_no_row(parities):
    _, rows = parities("""
    weight | age | literacy   | sex    | nativity
    1      | 20  | literate   | female | foreign
    1      | 20  | illiterate | female | native
    1      | 14  | literate   | male   | native
    """)
    assert set(rows["comparison"]) == {"migrant:non_migrant"}


def test_there_are_comparisons_alone_with_the_unit_and_statistic_of_a_parity(parities):
    _, rows = parities(PERSONS)
    assert set(rows["statistic"]) == {"parity"}
    assert set(rows["unit"]) == {"ratio"}
    assert set(rows["comparison"]) == {"female:male", "rural:urban", "migrant:non_migrant"}
    # The compared dimension is everybody of it; the disaggregation names it all the same.
    for comparison, dimension in (("female:male", "sex"), ("rural:urban", "urban_rural")):
        compared = rows.filter(comparison=comparison)
        assert set(compared[dimension]) == {"_T"}
        assert set(compared["disaggregation"]) == {dimension, f"migratory_status*{dimension}"}


def test_persons_counted_are_those_of_both_groups(parities):
    _, rows = parities(PERSONS)
    (row,) = rows.filter(disaggregation="sex").to_dicts()
    # Eight lines in their twenties with a known answer and sex, four of which can read; weights of 16.
    assert (row["n"], row["n_numerator"], row["population"]) == (8, 4, 16)
    # Of unknown literacy is one, of weight 1 of the 17 of both sexes.
    assert row["left_out_share"] == pytest.approx(1 / 17)


def test_the_index_is_that_of_the_levels_of_the_indicator_compared(parities):
    found, _ = parities(PERSONS)
    _, levels = parities(PERSONS, "4.6.1")
    level = levels.filter(statistic="level", disaggregation="migratory_status*sex", migratory_status="migrant")
    women, men = (level.filter(sex=sex)["estimate"].item() for sex in ("female", "male"))
    assert found["female:male of migrant"] == pytest.approx(women / men)
    ratio = levels.filter(statistic="ratio", disaggregation="migratory_status")["estimate"].item()
    assert found["migrant:non_migrant"] == pytest.approx(ratio)


def test_a_sample_without_urban_and_rural_or_without_status_compares_what_it_has(parities):
    lines = [line.split("|") for line in PERSONS.strip().splitlines()]
    no_place = "\n".join("|".join(line[:4] + line[5:]) for line in lines)
    assert set(parities(no_place)[1]["comparison"]) == {"female:male", "migrant:non_migrant"}
    no_status = "\n".join("|".join(line[:5]) for line in lines)
    assert set(parities(no_status)[0]) == {"female:male", "rural:urban"}
    only_literacy = "\n".join("|".join(line[:3]) for line in lines)
    assert parities(only_literacy)[1].is_empty()


COMPARED = {
    "reading": "4.1.1",
    "mathematics": "4.1.1",
    "completion_primary": "4.1.2",
    "completion_lower_secondary": "4.1.2",
    "completion_upper_secondary": "4.1.2",
    "participation_15_24": "4.3.1",
    "participation_25_64": "4.3.1",
    "literacy_15_plus": "4.6.1",
    "literacy_15_24": "4.6.1",
    "numeracy": "4.6.1",
}


def test_there_is_a_parity_of_each_education_series_and_of_no_other():
    assert {series.name for series in INDICATORS["4.5.1"].series} == set(COMPARED)


@pytest.mark.parametrize(("name", "number"), COMPARED.items())
def test_a_parity_is_of_the_persons_and_the_share_of_the_indicator_it_compares(name, number):
    parity = next(each for each in INDICATORS["4.5.1"].series if each.name == name)
    compared = next(each for each in INDICATORS[number].series if each.name == name)
    for field in ("base", "needs", "denominator", "numerator", "population", "proxies", "amount"):
        assert getattr(parity, field) == getattr(compared, field), field
    assert (parity.contrasts, parity.levels) == (("parity",), False)
