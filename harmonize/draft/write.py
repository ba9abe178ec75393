"""A draft as the text of a mapping: what is proposed, how sure it is, and at the end what is not."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from harmonize.draft.design import Line
from harmonize.draft.proposal import Given, Proposal
from harmonize.draft.words import all_words
from harmonize.draft.yaml_text import LONGEST, code, codes, comment, labels, name, one_line, quoted
from harmonize.rules.targets import MISSING

NOT_PROPOSED = "What could not be proposed"
TODO = "TODO:"
TITLE = "Draft, to be reviewed"
ABOUT = """\
# A draft: each line that was proposed ends in how sure that is, from 0 to 1, and the labels that say it. What is
# marked TODO was not told by any source. Nothing here was checked by a person: go through it with the questionnaire,
# take the comments out as you do, and write the cases that harmonize check asks for.
"""


def head(mapping_id: str, sources: Sequence[str]) -> str:
    """The first lines, up to the source."""
    return (
        ABOUT
        + f"mapping: {mapping_id}\nversion: 0.1.0\ntitle: {TITLE}  # TODO: what the data are\nsource:\n"
        + "  producer: TODO  # who made the data\n  citation: TODO  # how they are cited\n"
        + f"  documentation: {quoted_list(sources)}  # TODO: where the questionnaire and the code lists are\n"
    )


def quoted_list(texts: Sequence[str]) -> str:
    """File names in one YAML text."""
    return quoted(", ".join(texts))


def section(lines: Iterable[Line]) -> str:
    """Lines with their comments."""
    return "".join(
        f"{line.text}  {comment(line.comment, after=len(line.text))}\n" if line.comment else f"{line.text}\n"
        for line in lines
    )


def variable(proposal: Proposal) -> str:
    """One variable of the mapping, indented under `variables`."""
    column, found = proposal.column, proposal.codes
    about = f"{proposal.sure:.2f} {column.name}" + (f" '{column.label}'" if column.label else "")
    text = f"  {proposal.variable}:\n    {comment(f'{about}, by {proposal.why}{_others(proposal)}')}\n"
    text += f"    from: {name(column.name)}\n"
    if found.number is not None and not column.labels:
        text += f"    {comment('no labels here: what stands for missing, or for this and more, is not told')}\n"
    if found.number is not None:
        text += f"    number: {_number(found.number)}\n" + _entries("missing", found.given, column.numeric)
    elif found.bands:
        bands = [each for each in found.given if each.value not in MISSING]
        text += _entries("bands", bands, column.numeric)
        text += _entries("missing", [each for each in found.given if each.value in MISSING], column.numeric)
    else:
        text += _entries("codes", found.given, column.numeric)
    for each, label in found.unclear:
        text += f"    {comment(f'not proposed: {code(each, column.numeric)} {label!r}')}\n"
    return text


def without_labels(columns: Sequence[tuple[str, str]]) -> str:
    """Variables whose column is known and whose codes nobody has said: column, variable."""
    likely: dict[str, list[str]] = {}
    for column, variable in columns:
        likely.setdefault(variable, []).append(column)
    text = ""
    for variable, (first, *rest) in likely.items():
        reason = quoted(f"{TODO} seems to be {first}, but nothing says what its codes mean")
        text += f"  {variable}: {{unavailable: {reason}}}{'  ' + comment('or ' + ', '.join(rest)) if rest else ''}\n"
    return text


def not_proposed(
    proposals: Sequence[Proposal],
    others: Collection[str],
    twice: dict[str, tuple[str, ...]],
    unused: Sequence[tuple[str, str]],
) -> str:
    """The list at the end: codes, codes of two labels, variables and columns left over.

    others: variables of the draft besides the proposals.
    """
    lines = ["", f"# {NOT_PROPOSED}"]
    for proposal in proposals:
        if proposal.codes.unclear:
            told = ", ".join(f"{each} '{label}'" for each, label in proposal.codes.unclear)
            lines += wrapped(f"{proposal.variable}: codes of {proposal.column.name}: {told}")
    for column, given in twice.items():
        lines += wrapped(f"{column}: the source gives several labels to {', '.join(given)}")
    have = {proposal.variable for proposal in proposals} | {*others}
    lines += wrapped("no column found for: " + ", ".join(each for each in all_words() if each not in have))
    rest = "; `harmonize schema` has more variables, which a draft does not look for"
    lines[-1] += rest if len(lines[-1]) + len(rest) <= LONGEST else f"\n#  {rest[1:]}"
    columns = ", ".join(f"{column} '{label}'" if label else column for column, label in unused)
    if columns:
        lines += wrapped(f"columns that are nothing here: {columns}")
    return "\n".join(lines) + "\n"


def _others(proposal: Proposal) -> str:
    others = ", ".join(f"{column} {sure:.2f}" for column, sure in proposal.others)
    return f"; others that fit: {others}" if others else ""


def _number(number: dict[str, object]) -> str:
    def text(value: object) -> str:
        if isinstance(value, dict):
            return "{" + ", ".join(f"{key}: {each}" for key, each in value.items()) + "}"
        return str(value)

    return "{" + ", ".join(f"{key}: {text(value)}" for key, value in number.items()) + "}"


def _entries(key: str, given: Sequence[Given], numeric: bool) -> str:
    """`codes:` with a line for each value; nothing where there are none. The least sure of a line is its sureness."""
    if not given:
        return ""
    values: dict[str, list[Given]] = {}
    for each in given:
        values.setdefault(each.value, []).append(each)
    lines = [f"    {key}:\n"]
    for value, them in values.items():
        shown = f'"{value}"' if value in ("yes", "no") else value
        shown = f'"{value}"' if ":" in value else shown
        line = f"      {shown}: {codes([each.code for each in them], numeric)}"
        why = f"{min(each.sure for each in them):.2f} {labels(each.label for each in them)}"
        lines.append(f"{line}  {comment(why, after=len(line))}\n")
    return "".join(lines)


def wrapped(text: str) -> list[str]:
    """The text as comment lines, the first with a dash."""
    rows, row = [], "# -"
    for word in one_line(text).split(" "):
        if len(row) + len(word) + 1 > LONGEST and len(row) > 4:
            rows.append(row)
            row = "#  "
        row += f" {word}"
    return [*rows, row]
