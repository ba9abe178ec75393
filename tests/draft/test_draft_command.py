"""`harmonize draft` as it is typed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import polars as pl
import pyreadstat
import pytest
from click.testing import CliRunner

from harmonize.cli import main
from harmonize.lint.check import lint
from harmonize.mapping.load import load_mapping
from tests.draft.codebooks import dictionary

YES_NO = {"1": "Yes", "2": "No"}
MADE = {
    "YEAR": ("Census year", {}),
    "HHID": ("Household number", {}),
    "PERNUM": ("Person number", {}),
    "PERWT": ("Person weight", {}),
    "HHWT": ("Household weight", {}),
    "SEX": ("Sex", {"1": "Male", "2": "Female", "9": "Unknown"}),
    "AGE": ("Age", {"0": "Less than 1 year", "98": "98 or more", "999": "Not stated"}),
    "MARST": ("Marital status", {"1": "Single", "2": "Married", "3": "Widowed or divorced"}),
    "AGEHEAD": ("Age of the head", {}),
    "LIT": ("Literacy", {"1": "Literate", "2": "Illiterate"}),
    "COLOUR": ("Favourite colour", {"1": "Blue", "2": "Red"}),
}


def typed(*arguments):
    result = CliRunner().invoke(main, ["draft", *map(str, arguments)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.fixture
def codebook(tmp_path):
    return dictionary(tmp_path / "codes.csv", MADE)


def test_a_draft_passes_check_as_it_stands(codebook, tmp_path):
    path = tmp_path / "out" / "my draft.yaml"
    path.parent.mkdir()
    result = typed(codebook, "--country", "ken", "-o", path)
    assert (result.exit_code, result.stdout) == (0, "")
    assert f"then: harmonize check {path}" in result.stderr
    assert CliRunner().invoke(main, ["check", str(path)]).exit_code == 0
    mapping = load_mapping(path)
    assert mapping.id == "my-draft"
    assert mapping.sample.country == "KEN"
    # it has no cases, which people write, and says how much it does not know
    assert [(finding.code, finding.severity) for finding in lint(str(path))] == [
        ("C001", "warning"),
        ("M110", "warning"),
    ]


def test_every_proposal_has_its_sureness_and_the_label_that_says_it(codebook):
    text = typed(codebook, "--country", "KEN").output
    assert "  sex:\n    # 0.95 SEX 'Sex', by name and label\n    from: SEX\n    codes:\n" in text
    assert "      male: 1  # 0.95 'Male'\n" in text
    assert "      unknown: 9  # 0.97 'Unknown'\n" in text
    assert "    number: {top_code: 98}\n    missing:\n      unknown: 999  # 0.97 'Not stated'\n" in text


def test_a_label_on_both_sides_of_two_categories_is_told_at_the_end_and_not_proposed(codebook):
    text = typed(codebook, "--country", "KEN").output
    rule, end = text.split("# What could not be proposed")
    assert "      3" not in rule
    assert "separated_divorced:" not in rule
    assert "# - marital_status: codes of MARST: 3 'Widowed or divorced'" in end
    assert "COLOUR 'Favourite colour'" in end


def test_age_of_the_head_is_nobodys_age(codebook):
    text = typed(codebook, "--country", "KEN").output
    assert "from: AGEHEAD" not in text


def test_weight_keys_and_year_are_found_by_name_and_label(codebook):
    text = typed(codebook, "--country", "KEN").output
    assert "  person_weight: PERWT  # 'Person weight'; also: HHWT\n" in text
    assert "  household: [YEAR, HHID]  # 'Household number'\n" in text
    assert "  person: PERNUM  # 'Person number'\n" in text
    assert "  year: {from: YEAR}  # 'Census year'\n" in text


def test_without_a_weight_the_draft_says_that_none_is_a_guess(tmp_path):
    source = dictionary(tmp_path / "census_2019.csv", {"SEX": MADE["SEX"]})
    text = typed(source, "--country", "KEN").output
    assert "  weight_kind: none  # TODO confirm: no column looks like a weight, so this is a guess\n" in text
    assert "  year: 2019  # TODO confirm: a guess by the name of the file\n" in text


def test_a_country_or_year_that_nothing_tells_is_asked_for_and_not_guessed(tmp_path):
    source = dictionary(tmp_path / "codes.csv", {"SEX": MADE["SEX"]})
    without_country = typed(source, "--year", 2019)
    assert without_country.exit_code == 2
    assert "add --country with its ISO 3166-1 code" in without_country.output
    without_year = typed(source, "--country", "KEN")
    assert without_year.exit_code == 2
    assert "add --year" in without_year.output


def test_the_country_of_a_list_of_its_own_states_is_said_to_be_a_guess(tmp_path):
    states = ["Acre", "Alagoas", "Amapá", "Amazonas", "Bahia", "Ceará", "Goiás", "Maranhão", "Mato Grosso", "Pará",
              "Paraíba", "Paraná", "Pernambuco", "Piauí"]  # fmt: skip
    births = {str(number): state for number, state in enumerate(states, 1)} | {"90": "Portugal", "91": "Japão"}
    source = dictionary(tmp_path / "codes_2010.csv", {"V1": ("Lugar de nascimento", births)})
    text = typed(source).output
    assert "  country: BRA  # TODO confirm: the birthplaces name its parts\n" in text
    assert "      domestic: 1..14  # 0.90" in text
    assert "      PRT: 90  # 0.95 'Portugal'\n" in text


def test_codes_of_data_alone_are_not_proposed_where_nothing_says_what_they_mean(tmp_path):
    data = tmp_path / "persons.csv"
    pl.DataFrame({"SEXO": [1, 2] * 40, "EDAD": list(range(80)), "GRUPO": ["a", "b"] * 40}).write_csv(data)
    text = typed(data, "--country", "PER", "--year", 2017).output
    assert 'sex: {unavailable: "TODO: seems to be SEXO, but nothing says what its codes mean"}' in text
    assert "    # no labels here: what stands for missing, or for this and more, is not told\n    number: {}\n" in text


def test_words_in_the_cells_of_data_are_labels(tmp_path):
    data = tmp_path / "persons.csv"
    pl.DataFrame({"sexo": ["Hombre", "Mujer"] * 40}).write_csv(data)
    text = typed(data, "--country", "PER", "--year", 2017).output
    assert "      male: Hombre  # 0.95 'Hombre'\n" in text


@pytest.mark.parametrize("suffix", [".sav", ".dta"])
def test_labels_inside_a_file_are_its_codebook(suffix, tmp_path):
    path = tmp_path / f"persons{suffix}"
    write = pyreadstat.write_sav if suffix == ".sav" else pyreadstat.write_dta
    labels = {"sexe": {1: "Homme", 2: "Femme"}}
    write(pl.DataFrame({"sexe": [1, 2]}), path, column_labels=["Sexe"], variable_value_labels=labels)
    text = typed(path, "--country", "SEN", "--year", 2013).output
    assert "      male: 1  # 0.95 'Homme'\n      female: 2  # 0.95 'Femme'\n" in text


def test_a_codebook_describes_the_columns_of_the_data_alone(codebook, tmp_path):
    data = tmp_path / "persons.csv"
    pl.DataFrame({"sex": [1, 2] * 40, "AGE": [30, 40] * 40}).write_csv(data)
    text = typed(data, "--codebook", codebook, "--country", "KEN", "--year", 2019).output
    assert "    from: sex\n    codes:\n      male: 1" in text  # the column as the data have it
    assert "from: LIT" not in text


def test_the_dictionaries_of_the_us_census_bureau_are_read(tmp_path):
    source = tmp_path / "dict_2023.csv"
    source.write_text(
        'NAME,SCH,C,1,"School enrollment"\n'
        'VAL,SCH,C,1,"b","b","N/A (less than 3 years old)"\n'
        'VAL,SCH,C,1,"1","1","No, has not attended"\n'
        'VAL,SCH,C,1,"2","3","Yes"\n'
        'NAME,WKHP,N,2,"Usual hours worked per week"\n'
        'VAL,WKHP,N,2,"1","98","1 to 98 hours"\n'
        'VAL,WKHP,N,2,"99","99","99 or more hours"\n',
        encoding="utf-8",
    )
    text = typed(source, "--country", "USA").output
    assert "      not_applicable: blank  # 0.97" in text
    assert "      attending: 2..3  # 0.95 'Yes'\n" in text
    assert "    number: {top_code: 99}\n" in text


def test_the_dictionary_of_the_french_office_is_drafted(tmp_path):
    """Insee writes COD_VAR, LIB_VAR, COD_MOD and LIB_MOD, and semicolons; a variable without codes has a row too."""
    source = tmp_path / "varmod_INDREG_2020.csv"
    source.write_text(
        "COD_VAR;LIB_VAR;LIB_VAR_LONG;COD_MOD;LIB_MOD;TYPE_VAR;LONG_VAR\n"
        "SEXE;Sexe;;1;Hommes;CHAR;1\nSEXE;Sexe;;2;Femmes;CHAR;1\nIPONDI;Poids de l'individu;;;;NUM;18\n",
        encoding="utf-8",
    )
    text = typed(source, "--country", "FRA").output
    assert "    from: SEXE" in text
    assert "male: 1" in text
    assert "female: 2" in text


def test_a_code_of_two_labels_is_told_and_not_used(tmp_path):
    source = tmp_path / "codes_2019.csv"
    source.write_text("variable,code,label\nSEX,1,Male\nSEX,1,Man\nSEX,2,Female\nSEX,02,Woman\n", encoding="utf-8")
    result = typed(source, "--country", "KEN")
    assert result.exit_code == 3
    source.write_text("variable,code,label\nSEX,1,Male\nSEX,3,Man\nSEX,2,Female\nSEX,02,Woman\n", encoding="utf-8")
    text = typed(source, "--country", "KEN").output
    assert "      female: 2  # 0.95 'Female'\n" in text
    assert "# - SEX: the source gives several labels to 02" in text


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("nothing.xml", "there is no such file"),
        ("census.dic", "or as a table: a dictionary is a .csv with a row for each code"),
        ("notes.pdf", "no format has the suffix '.pdf'"),
        ("others.csv", "no column is one of our variables"),
    ],
)
def test_what_cannot_be_read_says_what_to_do_and_ends_with_3(name, told, tmp_path):
    (tmp_path / "census.dic").write_bytes(b"\x00")
    (tmp_path / "notes.pdf").write_bytes(b"%PDF")
    dictionary(tmp_path / "others.csv", {"COLOUR": MADE["COLOUR"]})
    result = typed(tmp_path / name, "--country", "KEN", "--year", 2019)
    assert result.exit_code == 3
    assert told in result.output


def test_a_file_that_cannot_be_written_ends_with_5(codebook, tmp_path):
    result = typed(codebook, "--country", "KEN", "-o", tmp_path / "no" / "draft.yaml")
    assert result.exit_code == 5


@pytest.mark.parametrize(("option", "value"), [("--country", "KENYA"), ("--id", "a b"), ("--year", "19")])
def test_an_option_that_means_nothing_ends_with_2(option, value, codebook):
    assert typed(codebook, option, value).exit_code == 2


def test_other_commands_load_no_names_of_countries():
    code = "import sys, harmonize.cli; sys.exit('pycountry' in sys.modules or 'harmonize.draft' in sys.modules)"
    root = Path(__file__).parents[2]
    assert subprocess.run([sys.executable, "-c", code], cwd=root, check=False).returncode == 0


def test_a_file_that_is_there_is_not_lost_to_a_draft(codebook, tmp_path):
    path = tmp_path / "ken.yaml"
    path.write_text("reviewed in an afternoon\n")
    result = typed(codebook, "--country", "KEN", "-o", path)
    assert result.exit_code == 5
    assert f"add to it: --update {path} -o {path}" in result.stderr
    assert path.read_text() == "reviewed in an afternoon\n"


def test_an_update_is_written_over_the_mapping_it_is_of(codebook, tmp_path):
    path = tmp_path / "ken.yaml"
    assert typed(codebook, "--country", "KEN", "-o", path).exit_code == 0
    assert typed(codebook, "--update", path, "-o", path).exit_code == 0
    other = tmp_path / "other.yaml"
    other.write_text("another\n")
    assert typed(codebook, "--update", path, "-o", other).exit_code == 5


def test_country_and_year_are_asked_for_together(tmp_path):
    source = dictionary(tmp_path / "codes.csv", {"SEX": ("Sex", {"1": "Male", "2": "Female"})})
    result = typed(source)
    assert result.exit_code == 2
    assert "add --country" in result.stderr
    assert "add --year" in result.stderr


def test_a_folder_in_place_of_a_codebook_is_called_one(tmp_path):
    result = typed(tmp_path, "--country", "KEN", "--year", "2019")
    assert (result.exit_code, result.stderr) == (3, f"{tmp_path}: this is a folder\n  name the files in it\n")


def test_a_table_that_is_no_dictionary_is_told_what_one_is(tmp_path):
    path = tmp_path / "codes.csv"
    path.write_text("name,from,to\nSEX,1,1\nSEX,2,2\n")
    result = typed(path, "--country", "KEN", "--year", "2019")
    assert result.exit_code == 3
    assert "columns variable, code, label and variable_label" in result.stderr


def test_a_column_that_the_draft_names_is_not_called_nothing(tmp_path):
    path = tmp_path / "persons.csv"
    path.write_text("SEX,AGE,COLOUR\n" + "1,30,4\n2,31,5\n" * 30)
    text = typed(path, "--country", "KEN", "--year", "2019").output
    assert "seems to be SEX" in text
    assert text.rstrip().endswith("# - columns that are nothing here: COLOUR")


@pytest.mark.parametrize(("name", "words"), [("", "it is a folder"), ("no/ken.yaml", "there is no folder")])
def test_a_draft_that_can_not_be_written_says_why(codebook, tmp_path, name, words):
    result = typed(codebook, "--country", "KEN", "-o", tmp_path / name)
    assert result.exit_code == 5
    assert words in result.stderr
