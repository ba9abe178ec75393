"""Pages of what data show of a mapping: D001 to D006."""

from __future__ import annotations

from harmonize.lint.page import Page

PAGES = (
    Page(
        "D001",
        "unmapped-code",
        "error",
        "A code that persons of the data have and the variable's rule does not list. How many persons is told, not "
        "exactly where they are few.",
        "A run stops on it, or with `--allow-unmapped` counts these persons as unknown.",
        "sex: {from: SEX, codes: {male: 1, female: 2}}   # and persons with SEX 9",
        "Give it to a category, or to `unknown` or `not_applicable`: `unknown: 9`.",
        needs_data=True,
    ),
    Page(
        "D002",
        "code-of-nobody",
        "info",
        "A single code given to a category that no person of the data has. Ranges, codes of lookups, those of a column "
        "that is one of several in `first`, and those of unknown and not_applicable are not looked at.",
        "It may be of another release or file, or a slip for a code that is missing.",
        "school_attendance: {from: SCHOOL, codes: {attending: 1, not_attending: 22}}   # nobody has SCHOOL 22",
        "Look it up in the codebook of these data: `not_attending: 2`.",
        needs_data=True,
    ),
    Page(
        "D003",
        "answers-contradict",
        "warning",
        "Persons whose answers exclude each other, such as native-born by one variable and born abroad by another.",
        "A few are errors of the form or of coding; many mean that a code is given to the wrong category.",
        "nativity: {from: NATIVITY, codes: {native_born: 2, foreign_born: 1}}   # the wrong way round",
        "Compare both variables with the codebook: `harmonize explain nativity --mapping M --data FILE`.",
        needs_data=True,
    ),
    Page(
        "D004",
        "implausible-share",
        "warning",
        "A share that no population has: more than half of those asked unknown, nobody asked, less than a quarter of "
        "one sex; as a note, everybody in one of several categories.",
        "A code of a large group is probably given to the wrong category, or the wrong column is read.",
        "literacy: {from: LIT, codes: {literate: 3, unknown: [1, 2]}}   # 1 is no, 2 is yes",
        "Compare the codes with their labels: `literacy: {from: LIT, codes: {illiterate: 1, literate: 2}}`.",
        needs_data=True,
    ),
    Page(
        "D005",
        "expected-total-missed",
        "error",
        "The weighted persons of the data differ from a total under `expect:` by more than `within` per cent (1 if "
        "it does not say). Of fewer than 10 persons of the data the sum is not told.",
        "Numbers that do not add up to what the office published are wrong, whatever they look like.",
        "expect: [{persons: 112336538, seen_in: census tables}]   # and the weights add up to 11 million",
        "Look for the wrong weight, decimals, file or category; or give a total that these data can have.",
        needs_data=True,
    ),
    Page(
        "D006",
        "expected-total-not-compared",
        "warning",
        "A total under `expect:` is of a variable that the data do not give.",
        "What is not compared is not checked.",
        "expect: [{persons: 57481307, of: {sex: female}, seen_in: census tables}]   # and no column SEX",
        "Take an extract that has the column, or remove the total.",
        needs_data=True,
    ),
)
