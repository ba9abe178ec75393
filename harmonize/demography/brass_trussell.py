"""Brass's method, Trussell's version: from proportions dead among children ever born to q(x) and its reference time.

k(i) = a + b·P1/P2 + c·P2/P3, q(x) = k(i)·D(i), and t(i) by the same form, in years before the survey. i = 1..7 are
mothers aged 15–19 … 45–49; P1, P2, P3 are the mean numbers of children ever born per woman (all women, childless
ones too) aged 15–19, 20–24, 25–29; D(i) is the proportion dead of the children ever born to mothers of group i.

Method: United Nations (1983), Manual X, chapter III, tables 47 (k) and 48 (t); the same tables are 4 and 5 of
United Nations (1990), Step-by-Step Guide to the Estimation of Child Mortality. Where the coefficients were seen:
every one of the 168 in the R package u5mr (R/u5mr_trussell.R) and in im_brass of DemoTools' authors, which may be
copies of each other; North and West in both tables also in IHME's demCore (data-raw/sbh.R), typed independently;
North's table 48, 15–19 to 40–44, in a scan of Manual X. South and East have no second independent typing, but South
reproduces the guide's Bangladesh example.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, TypeVar

import numpy as np
import numpy.typing as npt

Number = TypeVar("Number", float, npt.NDArray[np.float64])
FAMILIES: Final = ("north", "south", "east", "west")
MOTHERS: Final = ("15-19", "20-24", "25-29", "30-34", "35-39", "40-44", "45-49")
AGES_OF_CHILDREN: Final = (1, 2, 3, 5, 10, 15, 20)
"""x of the q(x) that each age group of mothers gives, in the order of MOTHERS."""

Coefficients = tuple[tuple[float, float, float], ...]

TABLE_47: Final[dict[str, Coefficients]] = {
    "north": (
        (1.1119, -2.9287, 0.8507),
        (1.2390, -0.6865, -0.2745),
        (1.1884, 0.0421, -0.5156),
        (1.2046, 0.3037, -0.5656),
        (1.2586, 0.4236, -0.5898),
        (1.2240, 0.4222, -0.5456),
        (1.1772, 0.3486, -0.4624),
    ),
    "south": (
        (1.0819, -3.0005, 0.8689),
        (1.2846, -0.6181, -0.3024),
        (1.2223, 0.0851, -0.4704),
        (1.1905, 0.2631, -0.4487),
        (1.1911, 0.3152, -0.4291),
        (1.1564, 0.3017, -0.3958),
        (1.1307, 0.2596, -0.3538),
    ),
    "east": (
        (1.1461, -2.2536, 0.6259),
        (1.2231, -0.4301, -0.2245),
        (1.1593, 0.0581, -0.3479),
        (1.1404, 0.1991, -0.3487),
        (1.1540, 0.2511, -0.3506),
        (1.1336, 0.2556, -0.3428),
        (1.1201, 0.2362, -0.3268),
    ),
    "west": (
        (1.1415, -2.7070, 0.7663),
        (1.2563, -0.5381, -0.2637),
        (1.1851, 0.0633, -0.4177),
        (1.1720, 0.2341, -0.4272),
        (1.1865, 0.3080, -0.4452),
        (1.1746, 0.3314, -0.4537),
        (1.1639, 0.3190, -0.4435),
    ),
}
"""k(i): a, b, c by family and age group of mother."""

TABLE_48: Final[dict[str, Coefficients]] = {
    "north": (
        (1.0921, 5.4732, -1.9672),
        (1.3207, 5.3751, 0.2133),
        (1.5996, 2.6268, 4.3701),
        (2.0779, -1.7908, 9.4126),
        (2.7705, -7.3403, 14.9352),
        (4.1520, -12.2448, 19.2349),
        (6.9650, -13.9160, 19.9542),
    ),
    "south": (
        (1.0900, 5.4443, -1.9721),
        (1.3079, 5.5568, 0.2021),
        (1.5173, 2.6755, 4.7471),
        (1.9399, -2.2739, 10.3876),
        (2.6157, -8.4819, 16.5153),
        (4.0794, -13.8308, 21.1866),
        (7.1796, -15.3880, 21.7892),
    ),
    "east": (
        (1.0959, 5.5864, -1.9949),
        (1.2921, 5.5897, 0.3631),
        (1.5021, 2.4692, 5.0927),
        (1.9347, -2.6419, 10.8533),
        (2.6197, -8.9693, 17.0981),
        (4.1317, -14.3550, 21.8247),
        (7.3657, -15.8083, 22.3005),
    ),
    "west": (
        (1.0970, 5.5628, -1.9956),
        (1.3062, 5.5677, 0.2962),
        (1.5305, 2.5528, 4.8962),
        (1.9991, -2.4261, 10.4282),
        (2.7632, -8.4065, 16.1787),
        (4.3468, -13.2436, 20.1990),
        (7.5242, -14.2013, 20.0162),
    ),
}
"""t(i): a', b', c' by family and age group of mother."""


def multipliers(parities: Sequence[float], family: str = "west") -> tuple[float, ...]:
    """k(i) for the seven age groups of mothers; multiply by D(i) to have q(x), x in AGES_OF_CHILDREN.

    `parities`: P1, P2, P3 (further ones are not used); children per woman. ValueError: see `parity_ratios`, `known`.
    """
    return at_ratios(TABLE_47[known(family)], *parity_ratios(parities))


def reference_times(parities: Sequence[float], family: str = "west") -> tuple[float, ...]:
    """t(i) for the seven age groups of mothers: years before the survey to which each q(x) refers.

    `parities` as for `multipliers`. The times assume that mortality changed steadily.
    """
    return at_ratios(TABLE_48[known(family)], *parity_ratios(parities))


def parity_ratios(parities: Sequence[float]) -> tuple[float, float]:
    """P1/P2 and P2/P3; ValueError where P2 or P3 is not a positive number or P1 is negative or unknown."""
    if len(parities) < 3:
        raise ValueError(f"Brass–Trussell needs the mean parities P1, P2, P3 of women 15–29; {len(parities)} given.")
    p1, p2, p3 = (float(parity) for parity in parities[:3])
    if not (p1 >= 0 and p2 > 0 and p3 > 0):
        raise ValueError(
            f"Brass–Trussell needs children ever born to women aged 20–24 and 25–29; the mean parities at 15–19, "
            f"20–24, 25–29 are {p1:.4g}, {p2:.4g}, {p3:.4g}. Take the parities of the whole sample."
        )
    return p1 / p2, p2 / p3


def known(family: str) -> str:
    """The name of a Coale–Demeny family as given; ValueError for any other."""
    if family not in FAMILIES:
        raise ValueError(f"unknown Coale–Demeny family '{family}'; the families are {', '.join(FAMILIES)}.")
    return family


def at_ratios(coefficients: Coefficients, p1_p2: Number, p2_p3: Number) -> tuple[Number, ...]:
    """k(i) or t(i) for the seven age groups of mothers, of one pair of parity ratios or of arrays of them."""
    return tuple(a + b * p1_p2 + c * p2_p3 for a, b, c in coefficients)
