"""SDG 8.3.1: informal employment, in all of employment, in agriculture and outside it.

An informal job, by status in employment: of a contributing family worker, always; of an employee (or
one not classifiable, as the ILO's own processing does), where social security, or paid leave, is lacking;
of an employer, own-account worker or member of a cooperative, where the enterprise is not registered.

A ladder: each question that a sample lacks is a proxy reason. Without registration, own-account workers
are informal by status, save professionals (ISCO 2) where occupation is asked; employers and members
of cooperatives are then formal. Without questions to them, employees are formal: the share is too low.
"""

from __future__ import annotations

from dataclasses import replace

from harmonize.indicators.model import Indicator, Need, Population, Proxy, Series
from harmonize.indicators.populations import aged, all_of, any_of, category, employed

STATUS = "status_in_employment"
EMPLOYEES = category("employees", STATUS, "employee", "other")
OWN_ACCOUNT = category("own-account workers", STATUS, "own_account")
WITH_ENTERPRISE = category(
    "employers, own-account workers and members of cooperatives",
    STATUS,
    "employer",
    "own_account",
    "cooperative_member",
)
FAMILY_WORKERS = category("contributing family workers", STATUS, "contributing_family_worker")
AGRICULTURE = category("in agriculture, forestry and fishing", "industry", "isic_a")
ELSEWHERE = category(
    "outside agriculture, forestry and fishing", "industry", *(f"isic_{s}" for s in "bcdefghijklmnopqrstu")
)
NO_PROFESSIONALS = category(
    "not in professional occupations", "occupation", *(f"isco_{group}" for group in (0, 1, 3, 4, 5, 6, 7, 8, 9))
)


def _together(words: str, *parts: Population) -> Population:
    """Those in all the parts, as one condition: it is left out whole if one of its questions was not asked."""
    condition = all_of(*parts)
    return Population(words, condition.needs, condition.expr)


INFORMAL_EMPLOYEES = (
    _together(
        "employees without social security", EMPLOYEES, category("without", "contributes_to_social_security", "no")
    ),
    _together("employees without paid leave", EMPLOYEES, category("without", "paid_leave", "no")),
)
UNREGISTERED = _together(
    "employers, own-account workers and members of cooperatives whose enterprise is not registered",
    WITH_ENTERPRISE,
    category("not registered", "registered_enterprise", "no"),
)

# the employed who are employees, and so on: a question is needed only of those to whom it is put
OF_THE_EMPLOYED = (
    Need("labour_force_status", not_applicable="narrow"),
    Need(STATUS, when=employed()),
    *(
        Need(variable, when=all_of(employed(), EMPLOYEES), optional=True, without=without)
        for variable, without in (
            ("contributes_to_social_security", "no_social_security"),
            ("paid_leave", "no_paid_leave"),
        )
    ),
)


BY_STATUS = Series(
    indicator="8.3.1",
    name="informal_employment",
    title="Informally employed, of the employed aged 15 and over",
    base=(aged(15),),
    needs=(
        *OF_THE_EMPLOYED,
        Need("occupation", when=all_of(employed(), OWN_ACCOUNT), optional=True, without="no_occupation"),
    ),
    denominator=employed(),
    numerator=any_of(FAMILY_WORKERS, *INFORMAL_EMPLOYEES, all_of(OWN_ACCOUNT, NO_PROFESSIONALS)),
    proxies=(Proxy("no_registration"),),
    sdmx_series=(("icls13", "SL_ISV_IFEM"), ("icls19", "SL_ISV_IFEM_19ICLS")),
)

BY_REGISTRATION = replace(
    BY_STATUS,
    needs=(*OF_THE_EMPLOYED, Need("registered_enterprise", when=all_of(employed(), WITH_ENTERPRISE))),
    numerator=any_of(FAMILY_WORKERS, *INFORMAL_EMPLOYEES, UNREGISTERED),
    proxies=(),
    otherwise=BY_STATUS,
)


def _of_sector(series: Series, name: str, title: str, sector: Population) -> Series:
    """The same among the employed of a sector, whose industry must then be known."""
    return replace(
        series,
        name=name,
        title=title,
        needs=(*series.needs, Need("industry", when=employed())),
        denominator=all_of(employed(), sector),
        otherwise=_of_sector(series.otherwise, name, title, sector) if series.otherwise else None,
    )


INDICATOR = Indicator(
    number="8.3.1",
    title="Proportion of informal employment in total employment, by sector and sex",
    custodian="International Labour Organization",
    series=(
        BY_REGISTRATION,
        _of_sector(
            BY_REGISTRATION,
            "informal_employment_agriculture",
            "Informally employed, of those aged 15 and over employed in agriculture",
            AGRICULTURE,
        ),
        _of_sector(
            BY_REGISTRATION,
            "informal_employment_non_agriculture",
            "Informally employed, of those aged 15 and over employed outside agriculture",
            ELSEWHERE,
        ),
    ),
    official_disaggregations=("sex", "industry"),
    census=(
        "Exact only where social security, paid leave and the registration of the enterprise are asked; a "
        "close proxy with social security, else by status in employment."
    ),
    caveats=(
        "The main job alone; a person with a formal main job may have an informal second one.",
        "The 19th conference of labour statisticians (ICLS) leaves production for own use out of employment, the 13th "
        "has it in: such series do not compare.",
        "Where employees were asked nothing of their job they count as formal, and the share is too low.",
    ),
    sources=(
        "S8",
        "S18",
        "indicators.md 2: 8.3.1",
        "statisticamd.github.io/sdg-site-moldova/8-3-1: an employee who lacks any one of the rights",
        "ILO microdata do-files, ilo_job1_ife_nature: not classifiable by status as employees",
    ),
)
