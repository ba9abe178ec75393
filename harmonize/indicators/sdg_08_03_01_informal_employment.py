"""SDG 8.3.1: informal employment, in all of employment, in agriculture and outside it.

An informal job, by status in employment: of a contributing family worker, always; of an employee (or
one not classifiable, as the ILO's own processing does), without social security; of an employer,
own-account worker or member of a cooperative, where the enterprise is not registered.

A ladder of what a sample asks, with a proxy reason for each step down. Of employees: social security; else
paid leave; else nothing, and they count as formal: the share is too low. Of those with an enterprise: its
registration; else own-account workers are informal by status, save professionals (ISCO 2) where occupation
is asked, and employers and members of cooperatives are formal.
"""

from __future__ import annotations

from dataclasses import replace

from harmonize.indicators.model import Indicator, Need, Population, Proxy, Series
from harmonize.indicators.populations import aged, all_of, any_of, category, employed, together

STATUS = "status_in_employment"
EMPLOYEES = category("employees", STATUS, "employee", "other")
OWN_ACCOUNT = category("own-account workers", STATUS, "own_account")
WITH_ENTERPRISE = category(
    "employers, own-account workers and members of cooperatives",
    STATUS,
    "employer",
    "own_account",
    "self_employed",
    "cooperative_member",
)
FAMILY_WORKERS = category("contributing family workers", STATUS, "contributing_family_worker")
AGRICULTURE = category("in agriculture, forestry and fishing", "industry", "isic_a")
ELSEWHERE = category(
    "outside agriculture, forestry and fishing",
    "industry",
    *(f"isic_{s}" for s in "bcdefghijklmnopqrstu"),
    "isic_other",
)
NO_PROFESSIONALS = category(
    "not in professional occupations", "occupation", *(f"isco_{group}" for group in (0, 1, 3, 4, 5, 6, 7, 8, 9))
)


# the questions that tell an informal employee, the first that a sample has; the reasons of the step
RIGHTS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("contributes_to_social_security", "employees without social security", ()),
    ("paid_leave", "employees without paid leave", ("no_social_security",)),
    ("", "", ("no_social_security", "no_paid_leave")),
)
UNREGISTERED = together(
    "employers, own-account workers and members of cooperatives whose enterprise is not registered",
    WITH_ENTERPRISE,
    category("not registered", "registered_enterprise", "no"),
)


def _step(registration: bool, right: str, words: str, reasons: tuple[str, ...]) -> Series:
    """The series by these questions. A question is needed only of those of the employed to whom it is put."""
    informal = [FAMILY_WORKERS]
    # without registration it takes to be told apart who employs others
    status = Need(STATUS, when=employed(), undecidable=() if registration else ("self_employed",))
    needs = [Need("labour_force_status", not_applicable="narrow"), status]
    if right:
        needs.append(Need(right, when=all_of(employed(), EMPLOYEES)))
        informal.append(together(words, EMPLOYEES, category("without", right, "no")))
    if registration:
        needs.append(Need("registered_enterprise", when=all_of(employed(), WITH_ENTERPRISE)))
        informal.append(UNREGISTERED)
    else:
        when = all_of(employed(), OWN_ACCOUNT)
        needs.append(Need("occupation", when=when, optional=True, without="no_occupation"))
        informal.append(all_of(OWN_ACCOUNT, NO_PROFESSIONALS))
    return Series(
        indicator="8.3.1",
        name="informal_employment",
        title="Informally employed, of the employed aged 15 and over",
        base=(aged(15),),
        needs=tuple(needs),
        denominator=employed(),
        numerator=any_of(*informal),
        proxies=tuple(Proxy(reason) for reason in (*([] if registration else ["no_registration"]), *reasons)),
        sdmx_series=(("icls13", "SL_ISV_IFEM"), ("icls19", "SL_ISV_IFEM_19ICLS")),
    )


def _ladder() -> Series:
    """The first step, each with the next as what stands in for it."""
    below: Series | None = None
    for registration in (False, True):
        for right in reversed(RIGHTS):
            below = replace(_step(registration, *right), otherwise=below)
    assert below is not None
    return below


def _of_sector(series: Series, name: str, title: str, sector: Population) -> Series:
    """The same among the employed of a sector: of the employed the industry must be known, the rest of the sector's."""
    within = tuple(
        replace(need, when=all_of(need.when, sector)) if need.when is not None else need for need in series.needs
    )
    return replace(
        series,
        name=name,
        title=title,
        needs=(*within, Need("industry", when=employed())),
        denominator=all_of(employed(), sector),
        otherwise=_of_sector(series.otherwise, name, title, sector) if series.otherwise else None,
    )


ALL = _ladder()

INDICATOR = Indicator(
    number="8.3.1",
    title="Proportion of informal employment in total employment, by sector and sex",
    custodian="International Labour Organization",
    series=(
        ALL,
        _of_sector(
            ALL,
            "informal_employment_agriculture",
            "Informally employed, of those aged 15 and over employed in agriculture",
            AGRICULTURE,
        ),
        _of_sector(
            ALL,
            "informal_employment_non_agriculture",
            "Informally employed, of those aged 15 and over employed outside agriculture",
            ELSEWHERE,
        ),
    ),
    official_disaggregations=("sex", "industry"),
    census=(
        "Exact only where social security of employees and the registration of enterprises are asked; else a proxy "
        "by what is asked, down to status in employment alone."
    ),
    caveats=(
        "The main job alone; a person with a formal main job may have an informal second one.",
        "The 19th conference of labour statisticians (ICLS) leaves production for own use out of employment, the 13th "
        "has it in: such series do not compare.",
        "Social security decides alone where it is asked, as the ILO computes it; some countries call an employee "
        "informal who lacks paid leave.",
        "Where employees were asked nothing of their job they count as formal, and the share is too low.",
    ),
    sources=(
        "S8",
        "S18",
        "indicators.md 2: 8.3.1",
        "ILO microdata do-files, ilo_job1_ife_nature: an employee, or one not classifiable by status, has a formal job "
        "with social security; annual and sick leave decide where social security is not asked",
    ),
)
