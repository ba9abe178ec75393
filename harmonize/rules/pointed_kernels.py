"""The loops over rows that find another person of the household, and take what that person has."""

from __future__ import annotations

from typing import Any

from numba import njit


@njit(cache=True, nogil=True)
def find_counted(household: Any, own: Any, own_number: Any, wanted: Any, wanted_number: Any, row: Any) -> bool:
    """row[r]: of the person of r's household whose number wanted_number[wanted[r]] is, -1 where there is none.

    False, and nothing found, where a household (a run of rows) does not number its persons 1, 2, 3 and so on:
    own_number[own[r]].
    """
    start = 0
    while start < household.shape[0]:
        end = start
        while end < household.shape[0] and household[end] == household[start]:
            if own_number[own[end]] != end - start + 1:
                return False
            end += 1
        for r in range(start, end):
            number = wanted_number[wanted[r]]
            row[r] = start + number - 1 if number >= 1 and number <= end - start else -1
        start = end
    return True


@njit(cache=True, nogil=True)
def mark(index: Any, told: Any, row: Any, as_: int) -> None:
    """row[r] = as_ where told[index[r]]."""
    for r in range(row.shape[0]):
        if told[index[r]]:
            row[r] = as_


@njit(cache=True, nogil=True)
def take_pointed(row: Any, index: Any, table: Any, otherwise: Any, codes: Any) -> None:
    """codes[r] = table[index[row[r]]]; of a row that is negative otherwise[-1], otherwise[-2]."""
    for r in range(row.shape[0]):
        at = row[r]
        codes[r] = table[index[at]] if at >= 0 else otherwise[at]
