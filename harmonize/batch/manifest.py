"""The manifest of a batch: which extracts are run with which mappings.

    out: results
    options: {by: ["sex*age_group"], format: csv}
    runs:
      - {name: mex-2020, mapping: mex/2020-census, data: mexico/personas.csv, households: mexico/viviendas.csv}
      - {name: "acs-{year}", mapping: usa/acs-pums, data: "acs/{year}/pus.csv.gz", households: "acs/{year}/hus.csv.gz"}

A name in braces stands for any text without a slash: each file that fits `data` is a run, and what it stands for is put
into the other keys. `*` in `data` does the same without a name. Paths, and that of the option `dsd`, are from the
folder of the manifest; URLs of an object store (s3://bucket/acs/{year}/pus.csv.gz) stand where paths do.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from harmonize.errors import UsageError
from harmonize.mapping.located import Block, Items, Located, Text, load_located
from harmonize.remote import is_url, matches, name_of
from harmonize.rules.near import did_you_mean

KEYS = ("out", "options", "runs")
RUN_KEYS = ("name", "mapping", "data", "households", "codebook", "options")
OF_FILES = ("dsd",)  # options whose text is a path
NOT_OPTIONS = ("out", "o", "households", "codebook", "quiet", "q", "key")
HELP = "harmonize batch --help shows a manifest"
Place = Path | str  # a path, or the URL of an object store


@dataclass(frozen=True)
class Job:
    """One run. arguments: what follows `harmonize run` besides mapping, data and folder, from the options."""

    name: str
    mapping: str
    data: tuple[Place, ...]
    households: tuple[Place, ...]
    codebook: Place | None
    arguments: tuple[str, ...]

    def command(self, out: Place) -> list[str]:
        """The words after `harmonize`."""
        further = [part for path in self.households for part in ("--households", str(path))]
        further += ["--codebook", str(self.codebook)] if self.codebook else []
        return ["run", self.mapping, *map(str, self.data), "-o", str(out), *further, *self.arguments]

    def from_anywhere(self) -> Job:
        """The same run, for a process that is in another folder than this one."""
        return replace(
            self,
            mapping=str(Path(self.mapping).absolute()) if _is_file(self.mapping) else self.mapping,
            data=tuple(map(_absolute, self.data)),
            households=tuple(map(_absolute, self.households)),
            codebook=None if self.codebook is None else _absolute(self.codebook),
        )

    def as_named(self, said: str) -> str:
        """What is said of this run `from_anywhere`, with the paths as they are named here."""
        for here, there in zip(self._places(), self.from_anywhere()._places(), strict=True):
            said = said.replace(there, here)
        return said

    def _places(self) -> list[str]:
        return [self.mapping, *map(str, (*self.data, *self.households, *([self.codebook] if self.codebook else [])))]


@dataclass(frozen=True)
class Manifest:
    """out: the folder, None where the manifest says none. jobs: in its order, each with a name of its own."""

    path: Path
    out: Place | None
    jobs: tuple[Job, ...]


class _Wrong(Exception):
    """A mistake and its place."""

    def __init__(self, where: Located, message: str, help: str = HELP) -> None:
        super().__init__(message)
        self.where, self.help = where, help


def read_manifest(path: Path, options: Collection[str]) -> Manifest:
    """Raises UsageError that names the line of the first mistake. options: the names of those of `run`, without --."""
    if not path.is_file():
        raise UsageError(f"{path}: there is no such file", "Give a manifest: harmonize batch manifest.yaml")
    value, findings = load_located(path)
    if value is None or findings:
        raise UsageError("\n".join(map(str, findings)) or f"{path}: nothing in it", HELP)
    try:
        if not isinstance(value, Block):
            raise _Wrong(value, "a manifest is a block of keys: out, options, runs")
        _known(value, KEYS)
        runs = value.get(Text("runs"))
        if not isinstance(runs, Items) or not runs:
            raise _Wrong(runs if runs is not None else value, "runs is a list of runs")
        common = _arguments(value.get(Text("options")), options, path.parent)
        jobs = [job for run in runs for job in _jobs(run, common, options, path.parent)]
        out = value.get(Text("out"))
        folder = None if out is None else _place(path.parent, _text(out, "out"))
        _distinct(jobs, runs)
    except _Wrong as wrong:
        place = f"{path}:{wrong.where.line}:{wrong.where.column}"
        raise UsageError(f"{place} {wrong}", wrong.help) from wrong
    return Manifest(path, folder, tuple(jobs))


def _jobs(run: Located, common: tuple[str, ...], options: Collection[str], folder: Path) -> Iterator[Job]:
    if not isinstance(run, Block):
        raise _Wrong(run, "a run is a block of keys: mapping, data, ...")
    _known(run, RUN_KEYS)
    for key in ("mapping", "data"):
        if key not in run:
            raise _Wrong(run, f"'{key}' is missing")
    arguments = (*common, *_arguments(run.get(Text("options")), options, folder))
    data = run[Text("data")]
    if isinstance(data, Items):
        for each in data:
            if re.search(r"[*{]", _text(each, "data")):
                raise _Wrong(
                    each, "a list in data has no patterns", "name its files one by one, or write a pattern alone"
                )
        yield _job(run, tuple(_place(folder, _text(each, "data")) for each in data), {}, arguments, folder)
        return
    pattern = _text(data, "data")
    if (odd := re.search(r"\{(?!\w+\})[^}]*\}?|\*\*", pattern)) is not None:
        raise _Wrong(data, f"'{odd[0]}' is not part of a pattern", "a name in braces, {year}, or a single *")
    if not re.search(r"[*{]", pattern):
        yield _job(run, (_place(folder, pattern),), {}, arguments, folder)
        return
    found = list(_matches(pattern, folder))
    if not found:
        where = "looked for in the store" if is_url(pattern) else f"looked for in {folder.resolve()}"
        raise _Wrong(data, f"no file is called {pattern}", where)
    for path, named in found:
        yield _job(run, (path,), named, arguments, folder)


def _job(run: Block, data: tuple[Place, ...], named: dict[str, str], arguments: tuple[str, ...], folder: Path) -> Job:
    def filled(key: str) -> str | None:
        given = run.get(Text(key))
        return None if given is None else _filled(_text(given, key), named, given)

    households = run.get(Text("households"))
    several = households if isinstance(households, Items) else [] if households is None else [households]
    name = filled("name") or name_of(data[0]).partition(".")[0]
    if not re.fullmatch(r"[\w.-]+", name):
        raise _Wrong(run.get(Text("name")) or run, f"'{name}' can't be the name of a folder", "letters, digits, - _ .")
    mapping, codebook = filled("mapping") or "", filled("codebook")
    return Job(
        name,
        str(folder / mapping) if _is_file(mapping) else mapping,
        data,
        tuple(_place(folder, _filled(_text(each, "households"), named, each)) for each in several),
        _place(folder, codebook) if codebook else None,
        arguments,
    )


def _matches(pattern: str, folder: Path) -> Iterator[tuple[Place, dict[str, str]]]:
    """The files that a pattern means, by name, with what its braces stand for."""
    if not is_url(pattern) and (anchor := Path(pattern).anchor) != "":
        folder, pattern = Path(anchor), pattern[len(anchor) :]
    parts = re.split(r"(\{\w+\}|\*)", pattern)
    seen: set[str] = set()
    regex = ""
    for part in parts:
        if part == "*":
            regex += "[^/]*"
        elif re.fullmatch(r"\{\w+\}", part):
            regex += f"(?P={part[1:-1]})" if part in seen else f"(?P<{part[1:-1]}>[^/]+)"
            seen.add(part)
        else:
            regex += re.escape(part)
    wide = re.sub(r"\{\w+\}", "*", pattern)
    if is_url(pattern):
        for url in matches(wide):
            if match := re.fullmatch(regex, url):
                yield url, match.groupdict()
        return
    for path in sorted(folder.glob(wide)):
        match = re.fullmatch(regex, path.relative_to(folder).as_posix())
        if match and path.is_file():
            yield path, match.groupdict()


def _filled(text: str, named: dict[str, str], where: Located) -> str:
    for name in re.findall(r"\{(\w+)\}", text):
        if name not in named:
            raise _Wrong(where, f"{{{name}}} stands for nothing in data", f"data has {', '.join(named) or 'no braces'}")
    return re.sub(r"\{(\w+)\}", lambda match: named[match[1]], text)


def _is_file(mapping: str) -> bool:
    """Whether a mapping is named by its file, not as one that is shipped."""
    return mapping.endswith((".yaml", ".yml"))


def _absolute(place: Place) -> Place:
    return place if isinstance(place, str) else place.absolute()


def _place(folder: Path, text: str) -> Place:
    return text if is_url(text) else folder / text


def _arguments(options: Located | None, known: Collection[str], folder: Path) -> tuple[str, ...]:
    """`{by: [sex], definitions: true}` as `--by sex --definitions`."""
    if options is None:
        return ()
    if not isinstance(options, Block):
        raise _Wrong(options, "options is a block: names of run's options without --")
    found: list[str] = []
    for name, given in options.items():
        if name in NOT_OPTIONS:
            raise _Wrong(name, f"'{name}' is not an option here", "households, codebook and data are keys of a run")
        if name not in known:
            raise _Wrong(name, f"run has no option --{name}", did_you_mean(name, [*known], "options"))
        if given == "true":
            found.append(f"--{name}")
        elif given != "false":
            for each in given if isinstance(given, Items) else [given]:
                text = _text(each, str(name))
                found += [f"--{name}", str((folder / text).absolute()) if name in OF_FILES else text]
    return tuple(found)


def _known(block: Block, keys: tuple[str, ...]) -> None:
    for key in block:
        if key not in keys:
            raise _Wrong(key, f"'{key}' is not a key here", did_you_mean(key, keys, "keys"))


def _distinct(jobs: list[Job], where: Located) -> None:
    names = [job.name.lower() for job in jobs]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise _Wrong(where, f"two runs are called {twice}", "give each a name: they are folders of out")


def _text(value: Located, key: str) -> str:
    if not isinstance(value, Text) or not value.strip():
        raise _Wrong(value, f"{key} is a text")
    return str(value)
