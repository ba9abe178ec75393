"""The records of a fixed-width file are counted and measured, wherever the blocks of the file end."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from harmonize.readers.byte_checks import BAD_LENGTH, LINES, RECORDS, fixed_block, fixed_state

LENGTH = 4
LINE = st.sampled_from(["1234", "1234\r", "", "\r", "123\r", "1\r34", "123", "12345", "1234\r\r"])


def by_lines(text: str) -> tuple[int, int, int]:
    """Lines and records up to the first record of another length, and that length, 0 if there is none."""
    records = 0
    lines = text.split("\n")[:-1]
    for at, line in enumerate(lines, 1):
        size = len(line.removesuffix("\r"))
        records += size > 0
        if size not in (0, LENGTH):
            return at, records, size
    return len(lines), records, 0


@given(
    lines=st.one_of(st.lists(LINE, max_size=8), st.lists(st.sampled_from(["1234", "1234\r", "", "\r"]), max_size=20)),
    rest=st.sampled_from(["", "12", "1234", "1234\r"]),
    size=st.integers(1, 40),
)
def test_records_of_another_length_are_found_and_empty_lines_are_passed(lines, rest, size):
    text = "".join(f"{line}\n" for line in lines) + rest
    data = np.frombuffer(text.encode(), np.uint8)
    state = fixed_state(LENGTH)
    bad = any(fixed_block(data[at : at + size], state) for at in range(0, len(data), size))
    expected = by_lines(text)
    assert (state[LINES], state[RECORDS], state[BAD_LENGTH]) == expected
    assert bad == (expected[2] > 0)
