"""Pages of what `check --fix` mends: F001 to F003. None of them changes what a mapping means."""

from __future__ import annotations

from harmonize.lint.page import Page

PAGES = (
    Page(
        "F001",
        "codes-out-of-order",
        "info",
        "A list of source codes on one line that is not in order: numbers, then texts, then `blank`.",
        "Lists are compared with the codebook by eye, and a code that is missing shows only in order.",
        "labour_force_status: {from: P26, codes: {employed: [3, 1, 2], unemployed: 4}}",
        "Write `[1, 2, 3]`. Lists in which only a part is meant to stand together can be suppressed with a reason.",
        fixable=True,
    ),
    Page(
        "F002",
        "codes-that-are-a-range",
        "info",
        "Three or more codes that follow each other, or ranges that do, on one line.",
        "A range is shorter to read and to compare, and means the same: whole numbers alone.",
        "labour_force_status: {from: P26, codes: {employed: [1, 2, 3], unemployed: 4}}",
        "Write the range: `employed: 1..3`.",
        fixable=True,
    ),
    Page(
        "F003",
        "yes-or-no-without-quotes",
        "info",
        "`yes` or `no` without quotes. Here they are texts, as everything is.",
        "Other readers of YAML, those of R and Python among them, take them for true and false.",
        "electricity: {from: LIGHT, codes: {yes: 1, no: 2}}",
        'Put them in quotes: `{"yes": 1, "no": 2}`.',
        fixable=True,
    ),
)
