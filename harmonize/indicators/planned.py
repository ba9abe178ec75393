"""Indicators that this version does not measure yet: what they are, and the variables they will need."""

from __future__ import annotations

from harmonize.indicators.model import Indicator
from harmonize.indicators.planned_goals_1_to_5 import GOALS_1_TO_5
from harmonize.indicators.planned_goals_6_to_17 import GOALS_6_TO_17

PLANNED: tuple[Indicator, ...] = (*GOALS_1_TO_5, *GOALS_6_TO_17)
