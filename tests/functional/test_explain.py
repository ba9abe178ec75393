from __future__ import annotations

import re
import subprocess
import sys

import pytest

from harmonize.lint.registry import PAGES


@pytest.mark.parametrize("code", PAGES)
def test_every_code_has_a_page_that_says_why_and_what_to_do(harmonize, code):
    result = harmonize("explain", code)
    page = PAGES[code]
    assert result.exit_code == 0
    assert result.stdout.startswith(f"# {code} {page.name}\n")
    for heading, words in [("What it finds.", page.what), ("Why it is bad.", page.why), ("Instead.", page.instead)]:
        assert f"**{heading}** {words}" in result.stdout
        assert words.endswith((".", ")", "."))
    example = result.stdout.split("```yaml\n")[1].split("\n```")[0]
    assert example.strip()
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", page.name)


def test_every_name_is_of_one_code():
    assert len({page.name for page in PAGES.values()}) == len(PAGES)


@pytest.mark.parametrize("given", ["m012", "unknown-category", "Unknown-Category"])
def test_a_page_is_found_by_its_code_or_name_in_any_case(harmonize, given):
    assert harmonize("explain", given).stdout.startswith("# M012 unknown-category\n")


@pytest.mark.parametrize(
    ("given", "near"), [("M112", "did you mean M110"), ("unknown-categories", "did you mean unknown-category")]
)
def test_a_code_that_is_none_ends_with_2_and_names_those_close_to_it(harmonize, given, near):
    result = harmonize("explain", given)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert f"{given}: check has no such code" in result.stderr
    assert near in result.stderr


def test_what_is_like_no_code_is_told_all_of_them(harmonize):
    assert "codes: Y001, Y002" in harmonize("explain", "?").stderr


def test_a_page_needs_neither_polars_nor_rich_in_a_pipe():
    code = (
        "import sys\n"
        "from harmonize.cli import main\n"
        "main(['explain', 'M012'], standalone_mode=False)\n"
        "heavy = {'polars', 'numpy', 'numba', 'scipy', 'pyreadstat', 'rich'} & set(sys.modules)\n"
        "sys.exit(f'imported: {heavy}' if heavy else 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert "\x1b" not in done.stdout
