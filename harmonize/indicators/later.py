"""How an indicator that this version does not measure yet says what it will need."""

from __future__ import annotations

from harmonize.indicators.model import Need, Series


def later(number: str, name: str, title: str, needs: str, unit: str = "percent", sdmx: str = "") -> Series:
    """A series not measured yet.

    needs: variable names, those in brackets optional. sdmx: SERIES codes of the global SDG list, as
    `standard=CODE` where the ICLS standard decides.
    """
    codes = (code.rpartition("=") for code in sdmx.split())
    return Series(
        indicator=number,
        name=name,
        title=title,
        unit=unit,
        needs=tuple(Need(word.strip("[]"), optional=word.startswith("[")) for word in needs.split()),
        sdmx_series=tuple((standard, code) for standard, _, code in codes),
    )
