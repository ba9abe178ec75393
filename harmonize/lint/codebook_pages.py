"""Pages of what a codebook shows of a mapping: L001 to L011. M029 and M031 are with the rules."""

from __future__ import annotations

from harmonize.lint.page import Page

PAGES = (
    Page(
        "L001",
        "labelled-code-not-mapped",
        "warning",
        "A code that the codebook labels and that the variable's rule says nothing about.",
        "If it occurs, the run stops: it is unmapped.",
        "sex: {from: SEX, codes: {male: 1, female: 2}}   # codebook: 1 Male, 2 Female, 9 Unknown",
        "Give it to a category, or to `unknown` or `not_applicable`: `unknown: 9`.",
        needs_codebook=True,
    ),
    Page(
        "L002",
        "code-not-in-codebook",
        "warning",
        "A code that is given to a category, and that the codebook doesn't label though it labels others of the "
        "column. Not looked at are long ranges, codes of lookups, which mappings share, those of a column that is one "
        "of several in `first`, and those of unknown and not_applicable.",
        "A code from memory, or of another release: what it means there nobody has seen.",
        'electricity: {from: ELECTRIC, codes: {"yes": 1, "no": [2, 3]}}   # codebook: 1 Yes, 2 No',
        "Remove it, or say in a suppression comment where it was seen.",
        needs_codebook=True,
    ),
    Page(
        "L003",
        "missing-code-as-value",
        "warning",
        "A code whose label says that nothing is known or nothing was asked (NIU, not in universe, unknown, not "
        "stated, no aplica) is given to a value.",
        "Who was not asked would count as an answer: with NIU as `no`, children lack a job.",
        "literacy: {from: LIT, codes: {illiterate: [0, 1], literate: 2}}   # codebook: 0 NIU, 1 No, 2 Yes",
        "Give it to `not_applicable` (not asked) or `unknown` (no answer): `not_applicable: 0`.",
        needs_codebook=True,
    ),
    Page(
        "L004",
        "label-of-another-category",
        "warning",
        "A code whose label is the name of another category than the one it is given to: yes and no reversed, a "
        "code labelled Male given to female. Yes, no, man and woman are known in five languages, "
        "countries by their English names.",
        "The share measured is of the wrong people, and looks like any other.",
        'electricity: {from: ELECTRIC, codes: {"yes": 2, "no": 1}}   # codebook: 1 Yes, 2 No',
        "Turn them round. If the question itself is the other way round, say so in a suppression comment.",
        needs_codebook=True,
    ),
    Page(
        "L005",
        "sentinel-in-range",
        "warning",
        "A range, or a number rule, takes in a code whose label says that nothing is known or nothing was asked.",
        "98 becomes a number of years, 9999999 an income: means and classes are wrong.",
        "years_since_arrival: {from: YRSIMM, number: {}}   # codebook: 0 Within previous year, 98 Unknown",
        "Name it in `missing`, which goes before the number: `missing: {unknown: 98}`; or end the range before it.",
        needs_codebook=True,
    ),
    Page(
        "L006",
        "top-code-as-value",
        "warning",
        "A code whose label says this or more (`100+`, `18 years or more`) is read as just that number.",
        "The open end is lost: methods.csv doesn't name it, and a mean is too low without a word.",
        "age: {from: AGE, number: {}}   # codebook: 0 Less than 1 year, 100 100+",
        "Say so: `number: {top_code: 100}`.",
        needs_codebook=True,
    ),
    Page(
        "L007",
        "category-never-reached",
        "info",
        "A variable of two or three categories whose rule never gives one of them. Variables of which the codebook "
        "labels no column are not looked at.",
        "Often the census doesn't tell it; where it does, everybody of it is counted as another.",
        "urban_rural: {from: URBAN, codes: {urban: 2, unknown: 1}}   # codebook: 1 Dispersed, 2 Urban",
        "Look in the codebook for its code; if there is none, say so in a suppression comment or leave it.",
        needs_codebook=True,
    ),
    Page(
        "L008",
        "column-not-in-codebook",
        "warning",
        "A column that the mapping needs and that the codebook doesn't have. Optional variables may lack theirs. "
        "Where households are a file of their own, give both codebooks. Of a `.csv` with a row for each code "
        "columns without codes are not missed: weights, keys, numbers.",
        "A run on this extract stops: the mapping doesn't fit it.",
        "sex: {from: SEXO, codes: {male: 1, female: 2}}   # codebook: no SEXO, but SEX",
        "Write the name that the extract has, name several with `from: {first: [SEXO, SEX]}`, or `optional: true`.",
        needs_codebook=True,
    ),
    Page(
        "L009",
        "number-as-missing",
        "warning",
        "A code of `missing` beside a number that has fewer digits than each code that the codebook says is missing.",
        "The oldest persons, or the longest stays, are thrown away as unknown.",
        "age: {from: AGE, number: {}, missing: {unknown: [96..99, 996..999]}}   "
        "# codebook: 996 Not applicable, 997 Unknown, 999 Not stated",
        "Keep what the codebook says is missing: `missing: {not_applicable: 996, unknown: 997..999}`.",
        needs_codebook=True,
    ),
    Page(
        "L010",
        "special-code-as-number",
        "warning",
        "A number of two digits or more whose label is all words, and not that of a number: a special code.",
        "996 for water on the premises is a walk of 16 hours; 91 for some primary school is 91 years of it.",
        "water_time_minutes: {from: WATERTIME, number: {}}   # codebook: 5 5 minutes, 996 On premises",
        "Say what it stands for: `number: {intervals: {996: 0..0}}`, or `missing: {unknown: 996}`.",
        needs_codebook=True,
    ),
    Page(
        "L011",
        "answer-as-missing",
        "warning",
        "A code whose label is the name of a category is given to unknown or not_applicable.",
        "Who answered is left out of the rate, or counted as not known; mostly all of one answer.",
        'electricity: {from: ELECTRIC, codes: {"yes": 1, "no": 3, unknown: 2}}   # codebook: 1 Yes, 2 No, 3 No',
        'Give it to its category: `"no": 2`; if it can mean both, say so in a suppression comment.',
        needs_codebook=True,
    ),
)
