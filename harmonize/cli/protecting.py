"""How estimates are protected, on the command line: the options, each given once, and what they make together."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from harmonize.cli.options import AtLeastOne
from harmonize.errors import UsageError


def protection_of(given: dict[str, Any]) -> dict[str, Any]:
    """What was typed, with that of PROTECTION as one `protect`. Raises UsageError."""
    from harmonize.protect.protection import as_protection

    given = dict(given)
    own = {name: given.pop(name) for name in OF_PROTECTION}
    asked = as_protection(own["protect"])
    key = given.pop("key", None)
    if key is not None and asked.method != "cell-key":
        raise UsageError(f"--key goes with --protect cell-key, not with {asked.name}", "leave one of them out")
    _refuse_what_does_nothing("round:N" if asked.method == "round" else asked.method, asked.name)
    return given | {
        "protect": replace(
            asked, min_count=own["min_count"], min_households=own["min_households"],
            group_disclosure=own["group_disclosure"] == "suppress", key=secret_of(key),
        )
    }  # fmt: skip


def _refuse_what_does_nothing(method: str, name: str) -> None:
    """Raises UsageError for an option that was typed beside a method with which it protects nothing.

    method: as in GOES_WITH; name: as it was typed.
    """
    context = click.get_current_context()
    for option, methods in GOES_WITH.items():
        typed = context.get_parameter_source(option) is ParameterSource.COMMANDLINE
        if typed and method not in methods:
            listed = " or ".join(filter(None, (", ".join(methods[:-1]), methods[-1])))
            raise UsageError(
                f"--{option.replace('_', '-')} goes with --protect {listed}, not with {name}", "leave one of them out"
            )


def secret_of(key: Path | None) -> bytes | None:
    """The bytes of a key file. Raises UsageError, DataFileError."""
    from harmonize.protect.key_file import read_key

    return None if key is None else read_key(key)


def _once(ctx: click.Context, parameter: click.Parameter, value: tuple[Any, ...]) -> Any:
    """The one value of an option that must not be given again: click would take the last in silence."""
    if len(value) > 1:
        *others, last = map(str, value)
        raise click.BadParameter(
            f"it is given {len(value)} times, as {', '.join(others)} and {last}, and a release is protected "
            "in one way. Write the one that you want, and leave out the others."
        )
    return value[0] if value else None


KEY = click.option(
    "--key",
    multiple=True,
    type=click.Path(path_type=Path),
    callback=_once,
    metavar="FILE",
    help="The secret of --protect cell-key: 64 hexadecimal digits, or 32 bytes. The same key gives a person the same "
    "noise in every release.",
)
PROTECTION = (
    click.option(
        "--protect",
        multiple=True,
        default=("suppress",),
        show_default=True,
        callback=_once,
        metavar="METHOD",
        help="Disclosure control: suppress; cell-key (noise; of parts, the key is given to tabulate --partial); "
        "round:N (counts to multiples of N); none.",
    ),
    click.option(
        "--min-count",
        multiple=True,
        type=AtLeastOne(10),
        default=(10,),
        show_default=True,
        callback=_once,
        metavar="N",
        help="Persons that a cell must have to be shown (with cell-key and round, of means and medians of money and of "
        "3.2.1 alone); counts under it are '<N' in run.json.",
    ),
    click.option(
        "--min-households",
        multiple=True,
        type=AtLeastOne(5),
        default=(5,),
        show_default=True,
        callback=_once,
        metavar="N",
        help="Households that a cell must have to be shown (with cell-key and round, of the same alone).",
    ),
    click.option(
        "--group-disclosure",
        multiple=True,
        type=click.Choice(["allow", "suppress"]),
        default=("allow",),
        show_default=True,
        callback=_once,
        help="Whether a sensitive indicator may show that nobody, or everybody, of a group is above the line.",
    ),
)
OF_PROTECTION = ("protect", "min_count", "min_households", "group_disclosure")
# the methods with which an option protects anything
GOES_WITH = {
    "min_count": ("suppress", "cell-key", "round:N"),
    "min_households": ("suppress", "cell-key", "round:N"),
    "group_disclosure": ("suppress",),
}
