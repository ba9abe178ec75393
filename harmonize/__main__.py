"""`python -m harmonize`: the same as the command `harmonize`."""

from __future__ import annotations

from harmonize.cli import main

main(prog_name="harmonize")
