from __future__ import annotations

import re
import subprocess
import sys

import pytest

from harmonize import __version__
from harmonize.cli import COMMANDS, main
from tests.functional.example import CENSUS

NAMES = [command.name for command in COMMANDS]


def test_help_lists_every_command_in_the_order_of_a_first_day(harmonize):
    result = harmonize("--help")
    listed = re.findall(r"^  (\w+)  ", result.output.split("Commands:")[1].split("Example")[0], re.MULTILINE)
    assert result.exit_code == 0
    assert listed == NAMES
    assert set(main.commands) == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_every_command_has_an_example_of_itself_in_its_help(harmonize, name):
    output = harmonize(name, "--help").output
    examples = output.split("Examples:" if "Examples:" in output else "Example:")[1]
    assert f"  harmonize {name}" in examples


@pytest.mark.parametrize("name", NAMES)
def test_help_fits_eighty_columns(harmonize, name):
    assert max(len(line) for line in harmonize(name, "--help").output.splitlines()) <= 80


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], *([name, "--help"] for name in NAMES)])
def test_help_does_not_import_polars(arguments):
    code = (
        "import sys\n"
        "from harmonize.cli import main\n"
        f"main({arguments!r}, standalone_mode=False)\n"
        "heavy = {'polars', 'numpy', 'numba', 'scipy', 'pyreadstat', 'rich'} & set(sys.modules)\n"
        "sys.exit(f'imported: {heavy}' if heavy else 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("arguments", [["mappings", "--ids"], ["schema"], ["schema", "nativity"], ["indicators"]])
def test_lists_do_not_import_polars(arguments):
    code = (
        "import sys\n"
        "from harmonize.cli import main\n"
        f"main({arguments!r}, standalone_mode=False)\n"
        "heavy = {'polars', 'numpy', 'numba', 'scipy', 'pyreadstat'} & set(sys.modules)\n"
        "sys.exit(f'imported: {heavy}' if heavy else 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr


def test_version_is_the_packages(harmonize):
    assert harmonize("--version").output == f"harmonize {__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["rum"], "No such command 'rum'"),
        (["run", "--protekt", "none"], "--protekt"),
        (["run"], "Missing argument 'MAPPING'"),
        (["run", "m.yaml"], "Missing argument 'DATA...'"),
        (["run", "m.yaml", "d.csv"], "Missing option '-o'"),
        (["run", "m.yaml", "d.csv", "-o", "x", "--level", "100"], "Invalid value for '--level'"),
        (["run", "m.yaml", "d.csv", "-o", "x", "--min-count", "0"], "Invalid value for '--min-count'"),
        (["run", "m.yaml", "d.csv", "-o", "x", "--min-households", "0"], "Invalid value for '--min-households'"),
        (["run", "m.yaml", "d.csv", "-o", "x", "--group-disclosure", "no"], "Invalid value for '--group-disclosure'"),
        (["run", "m.yaml", "d.csv", "-o", "x", "--singleton", "drop"], "Invalid value for '--singleton'"),
        (["run", "m.yaml", "d.csv", "-o", "x", "--format", ","], "name at least one format"),
        (["check"], "Missing argument 'MAPPING...'"),
        (["check", "m.yaml", "--output-format", "xml"], "Invalid value for '--output-format'"),
    ],
)
def test_a_wrong_option_ends_with_2_and_says_which(harmonize, arguments, words):
    result = harmonize(*arguments)
    assert result.exit_code == 2
    assert words in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize("method", ["nonsense", "supress", "None", "rounded", ""])
def test_protection_that_does_not_exist_is_refused_not_ignored(harmonize, tmp_path, method):
    out = tmp_path / "out"
    result = harmonize("run", "ipums/international", CENSUS, "-o", out, "--protect", method)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert f"--protect {method}: there is no such method" in result.stderr
    assert "write suppress (the default), cell-key with --key FILE, round:5" in " ".join(result.stderr.split())
    assert not out.exists()


@pytest.mark.parametrize(
    "method", ["round", "round:1", "round:x", "round:-5", "round:1001", "round:10000000000000000000"]
)
def test_a_number_that_counts_cannot_be_rounded_to_is_refused(harmonize, tmp_path, method):
    result = harmonize("run", "ipums/international", CENSUS, "-o", tmp_path / "out", "--protect", method)
    assert result.exit_code == 2
    assert f"--protect {method}: counts can be rounded to multiples of 2 to 1000" in result.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("command", ["run", "check", "indicators"])
def test_a_mapping_that_is_not_found_ends_with_2(harmonize, tmp_path, command):
    arguments = {
        "run": ["run", "ipums/internatoinal", "d.csv", "-o", tmp_path / "out"],
        "check": ["check", "ipums/internatoinal"],
        "indicators": ["indicators", "--mapping", "ipums/internatoinal"],
    }[command]
    result = harmonize(*arguments)
    assert result.exit_code == 2
    assert "ipums/internatoinal" in result.stderr
    assert "ipums/international" in result.stderr
    assert result.stdout == ""
