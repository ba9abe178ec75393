"""Options that several commands have, in the same words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from harmonize.remote import COPIES, is_url, name_of


class AtLeastOne(click.IntRange):
    """A whole number from 1 on, of what there must be enough. usual: what it is where not given."""

    def __init__(self, usual: int) -> None:
        super().__init__(min=1)
        self.usual = usual

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """As IntRange, with an error that says what to write."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            self.fail(f"'{value}' is not a whole number from 1 on. Write digits alone, as {self.usual}.", param, ctx)


class _Readable(click.Path):
    """A path or the URL of a file, which is fetched with its codebook or description."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """As Path."""
        if not is_url(value):
            return super().convert(value, param, ctx)
        name = name_of(value)
        stem = name.removesuffix(".gz").rpartition(".")[0]
        return COPIES.fetched(value, [f"{stem}.xml", f"{name}.meta.json"])


class _Folder(click.Path):
    """A path or the URL of a folder to write to."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """As Path."""
        return COPIES.folder(value) if is_url(value) else super().convert(value, param, ctx)


class _Local(click.Path):
    """A path to write to, and no URL."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """As Path."""
        if is_url(value):
            self.fail("this command writes to a disk. Write a file and copy it to the store.", param, ctx)
        return super().convert(value, param, ctx)


LOCAL = _Local(path_type=Path)
FILE = _Readable(path_type=Path, readable=False)
"""A file to read, a path or URL; that it can't be is said by its reader, with exit code 3."""
OUT_DIR = click.option(
    "-o",
    "--out",
    required=True,
    type=_Folder(path_type=Path),
    metavar="DIR",
    help="Folder for estimates, methods.csv, quality.csv and run.json, or its URL; made if it is not there.",
)
HOUSEHOLDS = click.option(
    "--households",
    multiple=True,
    type=FILE,
    metavar="FILE",
    help="Household records in a file of their own, joined to the persons by the mapping's household key; may be "
    "repeated.",
)
CODEBOOK = click.option(
    "--codebook",
    type=FILE,
    metavar="FILE",
    help="What describes the extract, a DDI .xml; else the one beside it of the same name.",
)
ALLOW_UNMAPPED = click.option(
    "--allow-unmapped",
    is_flag=True,
    help="Count codes that the mapping doesn't list as unknown, instead of ending with exit code 4.",
)
LISTED = "harmonize.indicator_list"


def numbers_of(ctx: click.Context, parameter: click.Parameter, value: Path | None) -> tuple[str, ...]:
    """The numbers in the file of --indicator-list; none without it."""
    if value is None:
        return ()
    from harmonize.indicators.listed import read_list

    return read_list(value)


def _keep(ctx: click.Context, parameter: click.Parameter, value: Path | None) -> None:
    ctx.meta[LISTED] = numbers_of(ctx, parameter, value)


def and_those_listed(ctx: click.Context, parameter: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    """The numbers of --indicator, as they are called here, and those of --indicator-list. Raises UsageError."""
    if value:
        from harmonize.indicators.listed import called_here, refuse_unmeasured

        refuse_unmeasured(value)
        value = tuple(called_here(number) for number in value)
    return (*value, *ctx.meta.get(LISTED, ()))


# eager, and no parameter of the command's: it is read before --indicator, which takes what it lists
INDICATOR_LIST = click.option(
    "--indicator-list",
    type=click.Path(path_type=Path),
    metavar="FILE",
    callback=_keep,
    is_eager=True,
    expose_value=False,
    help="Also those that a text file lists: a UN number a line, # begins a comment.",
)
#: As harmonize.words has them, without importing it for --help.
LANG = click.option(
    "--lang",
    type=click.Choice(["en", "fr", "es"]),
    default="en",
    show_default=True,
    help="Language of what is made to be read: labels, titles and notes in English, French or Spanish. Data stay as "
    "they are.",
)
QUIET = click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")
