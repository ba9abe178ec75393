"""The manual is built as a site without a warning, and is read without a network."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from harmonize.cli import COMMANDS
from harmonize.indicators import INDICATORS
from tools.manual import stage as staging
from tools.manual.stage import ROOT, BrokenLink, places, stage

pytest.importorskip("sphinx", reason="sphinx is not installed (pip install '.[docs]')")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built as `make docs` builds it: a warning of Sphinx is an error."""
    out = tmp_path_factory.mktemp("manual") / "site"
    done = subprocess.run(
        [sys.executable, "-m", "tools.manual.build", str(out)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return out


def text_of(site: Path) -> dict[str, str]:
    return {path.relative_to(site).as_posix(): path.read_text(encoding="utf-8") for path in site.rglob("*.html")}


def test_every_page_every_command_and_every_indicator_is_there(site: Path):
    found = set(text_of(site))
    wanted = {place.removesuffix(".md") + ".html" for place in places().values()}
    wanted |= {f"commands/{command.name}.html" for command in COMMANDS}
    wanted |= {f"indicators/{number}.html" for number in INDICATORS}
    assert wanted <= found


def test_every_page_is_in_the_contents_at_the_side(site: Path):
    contents = text_of(site)["index.html"].split('class="sidebar-tree"')[1].split("</aside>")[0]
    linked = set(re.findall(r'href="([^"#]+)"', contents))
    assert {place.removesuffix(".md") + ".html" for place in places().values()} - {"index.html"} <= linked


def test_nothing_is_fetched_from_elsewhere(site: Path):
    for name, text in text_of(site).items():
        loaded = re.findall(r'<(?:script|img|iframe|source)\b[^>]*?\ssrc="([^"]+)"', text)
        loaded += re.findall(r'<link\b[^>]*?\shref="([^"]+)"', text)
        assert not [each for each in loaded if re.match(r"(https?:)?//", each)], name
    for path in [*site.rglob("*.css"), *site.rglob("*.js")]:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"@import\s+[\"'(]*https?:|url\(\s*[\"']?(https?:)?//", text), path.name


def test_formulas_are_in_the_page_and_all_of_them_are(site: Path):
    source = (ROOT / "docs" / "methods.md").read_text(encoding="utf-8")
    blocks = len(re.findall(r"^```math$", source, re.MULTILINE))
    words = re.sub(r"^```.*?^```", "", source, flags=re.DOTALL | re.MULTILINE)
    inline = len(re.findall(r"\$[^$\n]+\$", re.sub(r"`[^`]*`", "", words)))
    page = text_of(site)["methods.html"]
    assert blocks > 10
    assert inline > 50
    assert page.count("<math ") == blocks + inline
    assert page.count('display="block"') == blocks
    assert "$" not in re.sub(r"<(script|style|code|pre)\b.*?</\1>", "", page, flags=re.DOTALL)


def test_the_same_pages_make_the_same_site(site: Path, tmp_path: Path):
    again = tmp_path / "again"
    subprocess.run([sys.executable, "-m", "tools.manual.build", str(again)], cwd=ROOT, check=True)
    files = sorted(path.relative_to(site) for path in site.rglob("*") if path.is_file())
    assert files == sorted(path.relative_to(again) for path in again.rglob("*") if path.is_file())
    assert [name for name in files if (site / name).read_bytes() != (again / name).read_bytes()] == []


def test_search_finds_what_is_in_the_pages(site: Path):
    index = (site / "searchindex.js").read_text(encoding="utf-8")
    assert index.startswith("Search.setIndex(")  # a script, so that it works from a folder, without a server
    assert "woodruff" in index


def a_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The pages in a folder of their own, to be spoilt."""
    for name in (*places(), "mappings/ipums/international.yaml"):
        target = tmp_path / "root" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, target)
    monkeypatch.setattr(staging, "ROOT", tmp_path / "root")
    return tmp_path / "root"


@pytest.mark.parametrize("target", ["nothing.md", "../nothing/README.md", "../../outside.md"])
def test_a_link_to_a_file_that_is_not_there_is_an_error_with_its_line(target, tmp_path, monkeypatch):
    root = a_copy(tmp_path, monkeypatch)
    monkeypatch.setattr(staging, "places", lambda: {"docs/ci.md": "ci.md"})
    (root / "docs" / "ci.md").write_text(f"# A\n\nwords\nand [a\nlink]({target})\n", encoding="utf-8")
    with pytest.raises(BrokenLink, match=r"docs/ci\.md:5: there is no "):
        stage(tmp_path)


def test_a_link_to_no_heading_and_a_formula_that_cannot_be_shown_end_the_build(tmp_path: Path):
    copy = tmp_path / "checkout"
    for name in ("docs", "tools", "harmonize", "mappings", "examples", "benchmarks", "tests"):
        (copy / name).parent.mkdir(exist_ok=True)
        if name == "docs":
            shutil.copytree(ROOT / name, copy / name)
        elif name == "tools":
            shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            (copy / name).symlink_to(ROOT / name)
    for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE"):
        shutil.copyfile(ROOT / name, copy / name)
    page = copy / "docs" / "glossary.md"
    wrong = "\n[x](methods.md#no-such-heading) and $\\nothing x$\n"
    page.write_text(page.read_text(encoding="utf-8") + wrong, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "tools.manual.build", str(tmp_path / "site")],
        cwd=copy, env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(copy)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode != 0
    assert "glossary.md:" in done.stderr
    assert "no-such-heading" in done.stderr
    assert r"a formula has \nothing, which can't be shown" in done.stderr
    assert not (tmp_path / "site").exists()
