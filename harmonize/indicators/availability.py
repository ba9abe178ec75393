"""What a sample can measure: a series exact, a proxy with reasons, or unavailable with what it lacks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from harmonize.indicators.asked import Asked, Availability
from harmonize.indicators.model import Need, Population, Proxy, Series, join_parts
from harmonize.indicators.populations import aged, in_private_households, outside_institutions
from harmonize.indicators.reasons import Reason, in_order, reason

__all__ = ["Asked", "Availability", "Resolved", "Status", "narrowed_while_running", "resolve"]

Status = Literal["exact", "proxy", "unavailable"]


@dataclass(frozen=True)
class Resolved:
    """A series as one sample can measure it: the needs that remain, the ages asked, the reasons.

    missing: the variables it lacks when unavailable. numerator is None exactly when unavailable.
    """

    series: Series
    status: Status
    reasons: tuple[Reason, ...] = ()
    missing: tuple[str, ...] = ()
    base: tuple[Population, ...] = ()
    needs: tuple[Need, ...] = ()
    numerator: Population | None = None

    @property
    def proxy_reason(self) -> str:
        """The reason codes of a proxy joined by `;`, else empty."""
        return ";".join(each.code for each in self.reasons) if self.status == "proxy" else ""

    @property
    def universe(self) -> str:
        """The universe in words, for the methods table."""
        parts = list(self.base)
        if self.series.denominator:
            parts.append(self.series.denominator)
        return ", ".join(part.words for part in parts) if parts else "all residents"


def narrowed_while_running(done: Resolved) -> Resolved:
    """The same series, now a proxy: persons of its base turned out not to have been asked."""
    held = list(done.reasons)
    ages = [each.code.removeprefix("not_asked_") for each in held if each.code.startswith("not_asked_")]
    low, high = ages_of(done.base)
    cut = {f"under_{low}", f"over_{high}"}
    if not set(ages) <= cut:  # the base could not be cut at the ages asked, so these are the persons meant
        return done
    return replace(done, status="proxy", reasons=in_order([*held, reason("not_asked_of_some")]))


def resolve(series: Series, has: Availability) -> Resolved:
    """How a sample measures the series: what stays of its needs, base and numerator, and the reasons.

    A series that the sample can't have is resolved as what stands in for it, where something does.
    """
    done = _resolve_composite(series, has) if series.components else _resolve_alone(series, has)
    instead = series.otherwise
    if series.by_line is not None and series.indicator in has.lines:  # only what goes by the line that the user gave
        instead = next((each for each in series.and_stand_ins[1:] if each.by_line is not None), None)
    if done.status == "unavailable" and instead is not None:
        other = resolve(instead, has)
        # where nothing serves, what could be mended says more than what was not asked
        if not _only_lacks(other):
            return other
        return _lacks_either(done, other) if _only_lacks(done) else done
    return done


def _only_lacks(done: Resolved) -> bool:
    return done.status == "unavailable" and {each.code for each in done.reasons} == {"missing_variable"}


def _lacks_either(done: Resolved, other: Resolved) -> Resolved:
    """Unavailable, as the variables of either way are not there."""
    head = f"{reason('missing_variable').words}: "
    ways = [each.reasons[0].words.removeprefix(head) for each in (done, other)]
    missing = tuple(dict.fromkeys((*done.missing, *other.missing)))
    return replace(done, reasons=(reason("missing_variable", "; or ".join(dict.fromkeys(ways))),), missing=missing)


def _resolve_alone(series: Series, has: Availability) -> Resolved:
    """The series by itself: without components, and without what may stand in for it."""
    missing = _missing(series, has)
    if missing:
        told = "; ".join(f"{name} ({has.absent[name]})" if name in has.absent else name for name in missing)
        return Resolved(series, "unavailable", (reason("missing_variable", told),), missing)
    if series.by_line is not None and series.indicator not in has.lines:
        return Resolved(
            series, "unavailable", (reason("no_poverty_line", f"--poverty-line {series.indicator}=AMOUNT/day"),)
        )
    straddling = [detail for need in series.needs for detail in _straddling(need, has)]
    if straddling:
        return Resolved(series, "unavailable", (reason("undecidable_categories", "; ".join(straddling)),))
    blurred = [need.variable for need in series.needs if not need.optional and _blurred(need, has)]
    if blurred:
        return Resolved(series, "unavailable", (reason("undecidable_classes", ", ".join(blurred)),))

    options = (*series.options, *(series.amount.options if series.amount else ()))
    unstated = [f"{name}.{option}" for name, option in options if not has.variables[name].options.get(option)]
    if unstated:
        return Resolved(series, "unavailable", (reason("option_not_stated", ", ".join(unstated)),))

    base, reasons = _whose(series, has)
    needs = [need for need in series.needs if not need.optional and _occurs(need, has)]
    narrowed = _narrow_ages((*base, *series.base), needs, has)
    if narrowed is None:
        return Resolved(series, "unavailable", (reason("not_asked_of_these_ages"),))
    base, age_reasons = narrowed
    age_reasons = age_reasons + _asked_of_fewer(needs, has)
    if age_reasons and series.whole_base:
        return Resolved(series, "unavailable", (reason("not_asked_of_these_ages"),))
    if not _cuts(ages_of(base), has):  # of the ages asked: a band under the age floor doesn't matter
        return Resolved(series, "unavailable", (reason("undecidable_ages"),))
    reasons += age_reasons
    asked = set(has.variables)
    for need in (need for need in series.needs if need.optional and _occurs(need, has)):
        if need.variable in asked and _covers(base, need, has) and not _blurred(need, has):
            needs.append(need)
        else:
            asked.discard(need.variable)
            reasons += [reason(need.without)] if need.without else []
    reasons += [reason(proxy.reason) for proxy in series.proxies if _holds(proxy, has)]
    numerator = series.numerator.given(asked) if series.numerator else None
    if numerator is None:  # it is made of optional questions, and none was asked
        lacking = tuple(dict.fromkeys(need.variable for need in series.needs if need.variable not in asked))
        return Resolved(series, "unavailable", (reason("missing_variable", ", ".join(lacking)),), lacking)
    if series.by_line is not None:
        numerator = series.by_line(has)
    ordered = in_order(reasons)
    return Resolved(series, "proxy" if ordered else "exact", ordered, (), base, tuple(needs), numerator)


def _resolve_composite(series: Series, has: Availability) -> Resolved:
    """The series whose numerator is every component that the sample has, or at least one of them."""
    every = [resolve(component, has) for component in series.components]
    parts = [done for done in every if done.numerator is not None]
    if not parts:
        missing = tuple(dict.fromkeys(name for done in every for name in done.missing))
        return Resolved(series, "unavailable", (reason("no_components"),), missing)
    base = tuple({population.words: population for done in parts for population in done.base}.values())
    needs = tuple(need for done in parts for need in done.needs)
    named = _components_asked(series, [done.series.name for done in parts])
    held = [reason(proxy.reason) for proxy in series.proxies if _holds(proxy, has)]
    reasons = in_order([*named, *held, *(each for done in parts for each in done.reasons)])
    numerator = join_parts([done.numerator for done in parts if done.numerator is not None], series.join)
    return Resolved(series, "proxy" if reasons else "exact", reasons, (), base, needs, numerator)


def _components_asked(series: Series, names: list[str]) -> list[Reason]:
    """Why the components that a sample has are not the official definition; empty if they are."""
    official = series.official_components
    if official is None:
        return [reason("asked_components", ", ".join(names))]
    return [reason(f"{len(names)}_of_{official}", ", ".join(names))] if len(names) < official else []


def _missing(series: Series, has: Availability) -> tuple[str, ...]:
    """Variables without which the series cannot be: those of its base and its needs that aren't optional."""
    wanted = [name for population in series.base for name in population.needs]
    wanted += [need.variable for need in series.needs if not need.optional]
    return tuple(name for name in dict.fromkeys(wanted) if name not in has.variables)


def _straddling(need: Need, has: Availability) -> list[str]:
    """What to say of the categories on both sides of the definition that the mapping can produce."""
    asked = has.variables.get(need.variable)
    if asked is None or not need.undecidable:
        return []
    found = [name for name in need.undecidable if asked.reaches is None or name in asked.reaches]
    return [f"{need.variable} ({', '.join(found)})"] if found else []


def _whose(series: Series, has: Availability) -> tuple[tuple[Population, ...], list[Reason]]:
    """The population that the series is about, or everybody with a reason if quarters are not known."""
    if series.population == "all_residents":
        return (), []
    if "living_quarters" not in has.variables:
        return (), [reason("institutions_not_separated")]
    private = series.population == "private_households"
    return (in_private_households() if private else outside_institutions(),), []


def _occurs(need: Need, has: Availability) -> bool:
    """Whether the variable can be needed of anybody, given the categories that the sample has."""
    return need.when is None or need.when.can_occur(has.reach)


def _holds(proxy: Proxy, has: Availability) -> bool:
    if proxy.reached is not None:
        variable, categories = proxy.reached
        asked = has.variables.get(variable)
        if asked is None or not (asked.reaches is None or asked.reaches & set(categories)):
            return False
    if proxy.top_coded and not (proxy.top_coded in has.variables and has.variables[proxy.top_coded].top_coded):
        return False
    if proxy.arrival_unknown and has.tells_arrival:
        return False
    return (proxy.only is None or _stated(proxy.only, has)) and (proxy.unless is None or not _stated(proxy.unless, has))


def _stated(option: tuple[str, str, str], has: Availability) -> bool:
    variable, name, value = option
    asked = has.variables.get(variable)
    return asked is not None and asked.options.get(name) == value


def ages_of(base: Iterable[Population]) -> tuple[int | None, int | None]:
    """The lowest and highest age of a base; None where it is open."""
    ranges = [population.ages for population in base if population.ages is not None]
    lows = [low for low, _ in ranges if low is not None]
    highs = [high for _, high in ranges if high is not None]
    return max(lows, default=None), min(highs, default=None)


def _cuts(ages: tuple[int | None, int | None], has: Availability) -> bool:
    """Whether the ages of the sample, where they are bands, can be cut at these limits."""
    low, high = ages
    age = has.variables.get("age")
    if age is None:
        return True
    return not ((low is not None and age.straddles(low - 1)) or (high is not None and age.straddles(high)))


def _blurred(need: Need, has: Availability) -> bool:
    """Whether the number is known in classes too wide for the definition."""
    asked = has.variables[need.variable]
    return (need.limit is not None and asked.straddles(need.limit)) or (need.single and asked.in_classes)


def _narrow_ages(
    base: tuple[Population, ...], needs: Iterable[Need], has: Availability
) -> tuple[tuple[Population, ...], list[Reason]] | None:
    """The base with its ages cut to those whom the questionnaire asked; None if no age is left."""
    low, high = ages_of(base)
    cutting = [need for need in needs if need.variable in has.variables and not need.of_all_ages]
    asked = [has.variables[need.variable] for need in cutting]
    floor = max((each.min_age for each in asked if each.min_age is not None), default=None)
    ceiling = min((each.max_age for each in asked if each.max_age is not None), default=None)
    reasons: list[Reason] = []
    new_low, new_high = low, high
    if floor is not None and floor > (low or 0):
        new_low = floor
        reasons.append(reason(f"not_asked_under_{floor}"))
    if ceiling is not None and (high is None or ceiling < high) and ceiling < 120:
        new_high = ceiling
        reasons.append(reason(f"not_asked_over_{ceiling}"))
    if not reasons:
        return base, []
    if new_low is not None and new_high is not None and new_low > new_high:
        return None
    if not _cuts((new_low, new_high), has):
        return base, reasons  # the persons not asked leave the base one by one, as not applicable
    others = tuple(population for population in base if population.ages is None)
    return (*others, aged(new_low, new_high)), reasons


def _asked_of_fewer(needs: Iterable[Need], has: Availability) -> list[Reason]:
    """Of questions that leave the base as it is: the ages of whom they are needed, and who were not asked."""
    reasons = []
    for need in needs:
        if need.of_all_ages and need.when is not None and need.variable in has.variables:
            low, high = ages_of((need.when, *need.when.parts))
            asked = has.variables[need.variable]
            if asked.min_age is not None and low is not None and asked.min_age > low:
                reasons.append(reason(f"not_asked_under_{asked.min_age}"))
            if asked.max_age is not None and high is not None and asked.max_age < high:
                reasons.append(reason(f"not_asked_over_{asked.max_age}"))
    return reasons


def _covers(base: tuple[Population, ...], need: Need, has: Availability) -> bool:
    """Whether an optional question was asked of every age of the base: it never narrows the base."""
    low, high = ages_of(base)
    asked = has.variables[need.variable]
    from_below = asked.min_age is None or asked.min_age <= (low or 0)
    return from_below and (asked.max_age is None or (high is not None and asked.max_age >= high))
