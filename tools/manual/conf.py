"""Sphinx's settings for the manual; `build.py` calls it on the pages that `stage.py` lays out.

Nothing is fetched when the site is read: the theme has no fonts of its own, search is a file beside the pages, and
formulas are MathML in the page.
"""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))

from harmonize import __version__  # noqa: E402

project = "harmonize"
author = ""
release = version = __version__
html_title = f"harmonize {release}"

extensions = ["myst_parser", "tools.manual.mathml"]
myst_enable_extensions = ["dollarmath"]
myst_dmath_allow_digits = False  # 3$ and 4$ is money
myst_dmath_allow_space = False
myst_fence_as_directive = ["math"]  # ```math, as GitHub has it
myst_heading_anchors = 4
html_math_renderer = "mathml"

highlight_language = "none"
suppress_warnings = ["misc.highlighting_failure"]  # a sketch of a file with ... in it
nitpicky = True

html_theme = "furo"
html_static_path = [str(HERE / "static")]
html_css_files = ["manual.css"]
html_theme_options = {"navigation_with_keys": True}
html_copy_source = False
html_show_sourcelink = False
html_show_sphinx = False
html_show_copyright = False
html_use_index = False
pygments_style = "default"
pygments_dark_style = "native"
