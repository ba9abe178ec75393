"""Pages of what is wrong with a file as YAML: Y001 to Y007."""

from __future__ import annotations

from harmonize.lint.page import Page

PAGES = (
    Page(
        "Y001",
        "unreadable-file",
        "error",
        "The file can't be read as UTF-8 text, or holds a control character.",
        "Letters with accents in labels and titles would come out as others, or not at all.",
        "title: M\\xe9xico   # the byte of Latin-1, not of UTF-8",
        "Save the file as UTF-8, and remove control characters.",
    ),
    Page(
        "Y002",
        "not-yaml",
        "error",
        "The file is not YAML: indentation, a tab, a bracket left open, or a second `: ` on a line.",
        "Nothing of a file that is not YAML can be used.",
        "title: Kenya: the census of 2019",
        'Indent with spaces, close brackets, and put a text that holds `: ` in quotes: `title: "Kenya: 2019"`.',
    ),
    Page(
        "Y003",
        "not-a-block",
        "error",
        "The file is empty, or isn't a block of keys.",
        "A mapping is a block of sections; a list or a single word says nothing.",
        "- sex\n- age",
        "Begin with `mapping:`, `version:`, `title:`; the page mappings/README.md shows a whole file.",
    ),
    Page(
        "Y004",
        "duplicate-key",
        "error",
        "A key is written twice in one block.",
        "YAML keeps the last one in silence: what the first says would be lost.",
        "codes: {male: 1, female: 2, male: 3}",
        "Keep one of them; several codes of a category are a list: `male: [1, 3]`.",
    ),
    Page(
        "Y005",
        "empty-value",
        "error",
        "A key has no value, or a list an empty item.",
        "An empty value may be forgotten, or may mean an empty text: nobody can tell.",
        "title:",
        'Write the value, or `""` for an empty text. A missing cell is the code `blank`.',
    ),
    Page(
        "Y006",
        "endless-alias",
        "error",
        "An anchor contains itself, or aliases expand without measure.",
        "The file would have no end once its aliases are written out.",
        "variables: &all\n  sex: *all",
        "Write the values out.",
    ),
    Page(
        "Y007",
        "yaml-not-used",
        "error",
        "YAML that mappings don't use: tags, merge keys (`<<`), keys that are lists.",
        "They change what is meant where nobody looks: with a tag, `010` is 8 again.",
        "sex: {from: SEX, codes: {male: !!int 01, female: 2}}",
        "Remove the tag, since every value is text; use `extends`, or write the values out.",
    ),
)
