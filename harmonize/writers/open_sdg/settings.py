"""The settings with which sdg-build checks and builds the folder by itself, and what a site needs beside them.

They have names of their own, so that the folder can be copied over a data repository without replacing its settings.
"""

from __future__ import annotations

from typing import Any

CONFIG, SCHEMA = "config_data.harmonize.yml", "metadata_schema.harmonize.yml"
#: Values of it are printed by the site as notes.
ATTRIBUTE = "COMMENT_OBS"
PLAIN = ("Year", "Units", "Series", "Value", "GeoCode", "Observation status", "Unit multiplier", "Unit measure")
HEAD = """\
# Settings for sdg-build (2.3 or later) to check and to build this folder by itself, in this folder:
#   python -c "from sdg.open_sdg import open_sdg_check; open_sdg_check(config='config_data.harmonize.yml')"
# In a data repository of yours: copy data/, meta/, indicator-config/ and intervals/, and take indicator_options and
# indicator_downloads over into its config_data.yml. The site's configuration needs
#   series_toggle: true
#   observation_attributes: [{field: COMMENT_OBS, label: ""}]
"""

#: Field of the metadata -> its name for readers, in order. The words of the platform are by its translation keys.
FIELDS = {
    "SDG_GOAL": "Goal",
    "SDG_TARGET": "Target",
    "SDG_INDICATOR": "Indicator",
    "SDG_SERIES_DESCR": "Series",
    "SDG_CUSTODIAN_AGENCIES": "International organisation responsible for global monitoring",
    "STAT_CONC_DEF": "Definition and concepts",
    "UNIT_MEASURE": "Unit of measure",
    "CLASS_SYSTEM": "Classifications",
    "SOURCE_TYPE": "Data sources",
    "DATA_SOURCE": "Data providers",
    "DATA_COMP": "Method of computation",
    "REC_USE_LIM": "Comment and limitations",
    "QUALITY_ASSMNT": "Quality assessment",
    "COVERAGE": "Data availability and disaggregation",
    "COMPARABILITY": "Comparability with international standards",
    "DOC_METHOD": "Methods used",
    "OTHER_DOC": "References and documentation",
}
SOURCE = {
    "source_organisation_1": "Organisation",
    "source_geographical_coverage_1": "Geographical coverage",
    "source_earliest_available_1": "Earliest available data",
    "source_url_1": "Link to data source",
    "source_url_text_1": "Link to data source text",
    "source_other_info_1": "Other information",
}
STATUSES = {
    "complete": "reported",
    "inprogress": "statistics_in_progress",
    "notstarted": "exploring_data_sources",
    "notapplicable": "not_applicable",
}


def config() -> dict[str, Any]:
    """What sdg.open_sdg takes as its configuration."""
    return {
        "site_dir": "_site",
        "schema_file": SCHEMA,
        "src_dir": "",
        "inputs": [
            {"class": "InputCsvData", "path_pattern": "data/*-*.csv"},
            {"class": "InputYamlMeta", "path_pattern": "indicator-config/*-*.yml", "git": False},
            {"class": "InputYamlMeta", "path_pattern": "meta/*-*.yml", "git": False},
        ],
        "translations": [],
        "indicator_options": {
            "non_disaggregation_columns": [*PLAIN, ATTRIBUTE],
            "observation_attributes": [ATTRIBUTE],
            "series_column": "Series",
            "unit_column": "Units",
        },
        "indicator_downloads": [
            {
                "button_label": "Confidence intervals",
                "source_pattern": "intervals/indicator_*.csv",
                "output_folder": "intervals",
                "indicator_id_pattern": "indicator_(.*)",
            }
        ],
    }


def schema() -> dict[str, Any]:
    """The fields of the metadata, in the form that sdg.schemas.SchemaInputOpenSdg reads."""
    status = {
        "element": "select",
        "label": "Reporting status",
        "translation_key": "metadata_fields.reporting_status",
        "scope": "data",
        "options": [
            {"name": name, "value": name, "translation_key": f"status.{key}"} for name, key in STATUSES.items()
        ],
    }
    fields = [
        *[{"name": name, "field": _text(name, words, "national")} for name, words in FIELDS.items()],
        {"name": "reporting_status", "field": status},
        {
            "name": "source_active_1",
            "field": _text("source_active_1", "Source 1 active", None) | {"element": "checkbox"},
        },
        *[{"name": name, "field": _text(name, words, "source_1")} for name, words in SOURCE.items()],
    ]
    return {"prose": {"metadata": {"meta": fields}}}


def _text(name: str, label: str, scope: str | None) -> dict[str, Any]:
    field = {"element": "text", "label": label, "translation_key": f"metadata_fields.{name}"}
    return field | ({"scope": scope} if scope else {})
