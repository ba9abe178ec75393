"""Pages of what is wrong with a suppression comment: S001 to S003."""

from __future__ import annotations

from harmonize.lint.page import Page

PAGES = (
    Page(
        "S001",
        "suppression-without-reason",
        "warning",
        "A suppression comment that gives no reason.",
        "Who reviews the mapping can't tell a decision from a habit.",
        "sex: {from: SEX, codes: {male: 1, female: 2}}   # harmonize: ignore[L001]",
        "Say why, after the bracket: `# harmonize: ignore[L001] 9 was never used in this census`.",
    ),
    Page(
        "S002",
        "suppression-of-nothing",
        "warning",
        "A suppression comment that suppresses no finding. What only a codebook can show is not judged, since one "
        "codebook shows it and another doesn't.",
        "It would hide the next mistake of its kind that is made there. An error can't be suppressed at all.",
        "age: {from: AGE, number: {}}   # harmonize: ignore[M030] both columns are read",
        "Remove it; or put it on the line of the finding, or on that of the variable's name. Mend an error.",
    ),
    Page(
        "S003",
        "unreadable-suppression",
        "warning",
        "A suppression comment that names no code, or one that check doesn't have.",
        "It suppresses nothing, and whoever wrote it believes that it does.",
        "age: {from: AGE, number: {}}   # harmonize: ignore L007",
        "Write the codes in brackets, then the reason: `# harmonize: ignore[L007] the top code is said elsewhere`.",
    ),
)
