"""A renderer of Sphinx for formulas: LaTeX becomes MathML when the page is built, which browsers show by themselves.

What latex2mathml does not know it passes on as it is; here that is a warning, which ends the build.
"""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from latex2mathml.converter import convert
from sphinx.application import Sphinx
from sphinx.util import logging

_LOG = logging.getLogger(__name__)
_NOT_KNOWN = re.compile(r"<m(?:i|o|text)[^>]*>(&|\\\w*)</")


def _made(node: nodes.Node, display: str) -> str:
    formula: str = convert(node.astext(), display=display)
    for name in _NOT_KNOWN.findall(formula):
        _LOG.warning("a formula has %s, which can't be shown", name, location=node)
    return formula


def _inline(page: Any, node: nodes.math) -> None:
    page.body.append(_made(node, "inline"))
    raise nodes.SkipNode


def _block(page: Any, node: nodes.math_block) -> None:
    formula = _made(node, "block")
    page.body.append(f'<div class="math formula" role="group" tabindex="0">{formula}</div>\n')
    raise nodes.SkipNode


def setup(app: Sphinx) -> dict[str, bool]:
    """What Sphinx calls."""
    app.add_html_math_renderer("mathml", (_inline, None), (_block, None))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
