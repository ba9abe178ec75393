"""Every indicator that is measured has a file of spec tests, which names each of its series."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from harmonize.indicators import MEASURED_MODULES

SPECS = Path(__file__).parents[1] / "indicators"


def spec_of(module):
    """The file of the same name: test_sdg_08_06_01_neet.py."""
    return SPECS / f"test_{module.__name__.rpartition('.')[2]}.py"


def texts(tree):
    """Patterns of the texts in a file; what stands in braces may be anything."""
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            parts = [re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".*" for part in node.values]
            if any(re.search("[a-z]{3}", part) for part in parts):  # not what is nothing but braces
                yield "".join(parts)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield re.escape(node.value)


@pytest.mark.parametrize("module", MEASURED_MODULES, ids=lambda module: module.INDICATOR.number)
def test_an_indicator_has_spec_tests_that_name_each_of_its_series(module):
    path = spec_of(module)
    assert path.is_file(), f"{module.INDICATOR.number} has no spec tests: write tests/indicators/{path.name}"
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert any(isinstance(node, ast.FunctionDef) and node.name.startswith("test_") for node in ast.walk(tree))
    patterns = list(texts(tree))
    measured = [series.name for series in module.INDICATOR.shown]
    unnamed = [name for name in measured if not any(re.fullmatch(pattern, name) for pattern in patterns)]
    assert not unnamed, f"tests/indicators/{path.name} has no test of {', '.join(unnamed)}"
