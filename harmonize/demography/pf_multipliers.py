"""Brass's multipliers for F(i): from fertility rates to the mean cumulated fertility of an age group.

F(i) = 5·(f(1) + … + f(i−1)) + w(i)·f(i). Eight columns of w; the column is found, with linear interpolation, by P1/P2
for 15–19 to 25–29 and by the mean age of fertility for 30–34 to 45–49.

`AT_SURVEY`: births of the last 12 months by age of mother at the survey, who was half a year younger on average when
she gave birth. Source: W. Brass (1975), Methods for Estimating Fertility and Mortality from Limited and Defective
Data, as typed in the R package fertestr (R/brass_pf.R). Checked by integrating Brass's polynomial, f(a) proportional
to (a − s)(s + 33 − a)² with s = mean age − 13.2 (its properties: papp.iussp.org, session PAPP103_s03): all agree
within .006 but two, 45–49 in the first two columns, typed 3.640 and 3.895. The table repeats itself one row down and
five columns to the left, so they are 40–44 of columns six and seven, 3.740 and 3.915; these are here.

`AT_BIRTH`: births by age of mother at birth. Not printed in a source that could be read: derived here in the same way
from the same polynomial, with conventional age groups; a test integrates both.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

P1_P2: Final = (0.014, 0.045, 0.090, 0.143, 0.205, 0.268, 0.330, 0.387)
MEAN_AGE: Final = (31.7, 30.7, 29.7, 28.7, 27.7, 26.7, 25.7, 24.7)


@dataclass(frozen=True)
class Multipliers:
    """w by age group of women (rows 15–19 … 45–49) and column."""

    rows: tuple[tuple[float, ...], ...]


AT_SURVEY: Final = Multipliers(
    (
        (1.120, 1.310, 1.615, 1.950, 2.305, 2.640, 2.925, 3.170),
        (2.555, 2.690, 2.780, 2.840, 2.890, 2.925, 2.960, 2.985),
        (2.925, 2.960, 2.985, 3.010, 3.035, 3.055, 3.075, 3.095),
        (3.055, 3.075, 3.095, 3.120, 3.140, 3.165, 3.190, 3.215),
        (3.165, 3.190, 3.215, 3.245, 3.285, 3.325, 3.375, 3.435),
        (3.325, 3.375, 3.435, 3.510, 3.610, 3.740, 3.915, 4.150),
        (3.740, 3.915, 4.150, 4.395, 4.630, 4.840, 4.985, 5.000),
    )
)

AT_BIRTH: Final = Multipliers(
    (
        (0.508, 0.856, 1.211, 1.576, 1.947, 2.299, 2.608, 2.874),
        (2.107, 2.223, 2.301, 2.358, 2.403, 2.440, 2.471, 2.499),
        (2.440, 2.471, 2.499, 2.524, 2.547, 2.570, 2.592, 2.614),
        (2.570, 2.592, 2.614, 2.637, 2.661, 2.687, 2.715, 2.746),
        (2.687, 2.715, 2.746, 2.781, 2.822, 2.870, 2.928, 2.999),
        (2.870, 2.928, 2.999, 3.090, 3.210, 3.371, 3.589, 3.849),
        (3.371, 3.589, 3.849, 4.110, 4.367, 4.622, 4.875, 5.000),
    )
)
