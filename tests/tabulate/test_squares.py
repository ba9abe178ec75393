"""Squares and products are exact to the last bit: beside Python's own whole numbers, which have no end."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from harmonize.tabulate.sums import FIELDS, FIRST_ORDER, XX, XY, YY, X, Y
from harmonize.tabulate.vectors import add_products, square

WIDTH = 12
SMALL, LARGE = 1 << 32, 1 << 52
Sixty4 = npt.NDArray[np.uint64]


def whole(sums: Sixty4, low: int) -> list[int]:
    """The sums whose low limbs start there, each as one number."""
    return [int(sums[low + j]) + (int(sums[low + WIDTH + j]) << 64) for j in range(WIDTH)]


def begun(generator: np.random.Generator, fields: int, about_to_carry: list[int]) -> Sixty4:
    """Sums, of which one alone or several are about to pass 2^64: of these fields."""
    sums = generator.integers(0, 1 << 20, fields * WIDTH).astype(np.uint64)
    places = [field * WIDTH + j for field in about_to_carry for j in range(WIDTH)]
    sums[generator.choice(places, generator.choice([1, 6]), replace=False)] = np.uint64((1 << 64) - 1)
    return sums


def numbers(generator: np.random.Generator, many: int, least: int, most: int) -> Sixty4:
    """Numbers from the least to below the most, in each run of them one that is the largest, and one 0."""
    found = generator.integers(least, most, (many, WIDTH), np.uint64)
    places = generator.permutation(WIDTH)[:2]
    found[:, places[0]], found[:, places[1]] = most - 1, 0
    return found.reshape(-1)


# below 2^32 several products are made at once; one number that is larger has all of them made one by one
@pytest.mark.parametrize(("least", "most"), [(1, 2), (SMALL // 2, SMALL), (SMALL, SMALL + 1), (SMALL, LARGE)])
@pytest.mark.parametrize("seed", range(12))
class TestExact:
    """Numbers of every size, onto sums some of which pass 2^64."""

    def test_squares_of_a_cluster(self, least: int, most: int, seed: int) -> None:
        """Of x, of y, and their product, onto three sums in two limbs each; no other sum changes."""
        generator = np.random.default_rng(seed)
        vectors, sums = numbers(generator, FIRST_ORDER, least, most), begun(generator, FIELDS, [XX, XY, YY])
        expected = {field: whole(sums, field * WIDTH) for field in (XX, XY, YY)}
        for field, (a, b) in {XX: (X, X), XY: (X, Y), YY: (Y, Y)}.items():
            for j in range(WIDTH):
                expected[field][j] += int(vectors[a * WIDTH + j]) * int(vectors[b * WIDTH + j])
        others = sums[: FIRST_ORDER * WIDTH].copy()
        square(sums, np.uint64(0), vectors, np.uint64(0), np.uint64(WIDTH))
        assert {field: whole(sums, field * WIDTH) for field in (XX, XY, YY)} == expected
        assert (sums[: FIRST_ORDER * WIDTH] == others).all()

    def test_products_of_two_cells(self, least: int, most: int, seed: int) -> None:
        """Of one run of numbers by another, as for cells that are compared."""
        generator = np.random.default_rng(seed)
        vectors, sums = numbers(generator, 2, least, most), begun(generator, 2, [0])
        expected = [had + int(vectors[j]) * int(vectors[WIDTH + j]) for j, had in enumerate(whole(sums, 0))]
        add_products(sums, np.uint64(0), vectors, np.uint64(0), np.uint64(WIDTH), np.uint64(WIDTH))
        assert whole(sums, 0) == expected
