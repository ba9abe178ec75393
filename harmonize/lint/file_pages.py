"""Pages of what is wrong with the sections of a mapping file: M101 to M109."""

from __future__ import annotations

from harmonize.lint.page import Page

PAGES = (
    Page(
        "M101",
        "unknown-key",
        "error",
        "A key that this section doesn't have.",
        "A misspelt key would be passed over, and with it what it says: a design without its strata.",
        "design: {person_weight: FACTOR, strata: ESTRATO}",
        "Write the key that the message names: `stratum: ESTRATO`.",
    ),
    Page(
        "M102",
        "missing-key",
        "error",
        "A section or a key that must be there is missing.",
        "Without it the tool would have to guess, e.g. the country against which birthplaces are compared.",
        "sample: {year: 2020}",
        "Add it: `sample: {country: MEX, year: 2020}`.",
    ),
    Page(
        "M103",
        "wrong-value",
        "error",
        "A value is not of the kind its key wants: a word for a number, a day that the calendar doesn't have.",
        "It can't be used, and what was meant can't be known.",
        "sample: {country: Mexico, year: 2020}",
        "Write a value of that kind; the message says which: `country: MEX`.",
    ),
    Page(
        "M104",
        "id-not-place",
        "error",
        "The id of a shipped mapping is not its place under `mappings/`.",
        "Mappings are found by their id: path and id must be one.",
        "mapping: mexico/2020   # in mappings/mex/2020-census.yaml",
        "Write the place: `mapping: mex/2020-census`, or move the file.",
    ),
    Page(
        "M105",
        "extends-nothing",
        "error",
        "The mapping named by `extends` isn't there, or extends in a circle.",
        "The variables that it should give would be missing.",
        "extends: ipums/internacional",
        "Name a shipped mapping (`harmonize mappings` lists them), or a file beside this one.",
    ),
    Page(
        "M107",
        "no-word-on-weights",
        "error",
        "No weight, and neither `weight_kind: none` nor `full_count: true`.",
        "A weight that is forgotten gives wrong shares without any sign of it.",
        "design: {stratum: ESTRATO}",
        "Name it: `person_weight: FACTOR`, or say that there is none: `weight_kind: none`, `full_count: true`.",
    ),
    Page(
        "M108",
        "design-contradiction",
        "error",
        "Parts of the design, or of how the text is read, contradict each other.",
        "Only one of them can be true, and standard errors depend on which.",
        "design: {person_weight: W, weight_kind: none}",
        "Keep the one that the documentation of the data says.",
    ),
    Page(
        "M109",
        "key-without-its-need",
        "error",
        "A key, pointer or size is used without what it needs.",
        "A pointer to a mother is a person's number within a household: it says nothing without both.",
        "keys: {household: HH, mother: MOMLOC}",
        "Add what it needs: `keys: {household: HH, person: PERNUM, mother: MOMLOC}`.",
    ),
    Page(
        "M110",
        "todo-left",
        "warning",
        "Lines marked TODO, as `harmonize draft` writes them where no source told; one finding a file counts them.",
        "What nobody has looked up is a guess, and a run counts it like all else; it says so once.",
        "title: Draft, to be reviewed   # TODO: what the data are",
        "Say what each asks for, from the questionnaire and the code lists, and remove the word: "
        "`title: Kenya, census of 2019`.",
    ),
)
