"""Open SDG: a folder of data, metadata and settings as the reporting platform of that name reads them.

The layout is that of github.com/open-sdg/open-sdg-data-starter; what may be in it, of sdg-build (sdg/check_csv.py,
sdg/schemas/SchemaInputOpenSdg.py, sdg/open_sdg.py) and of the site's own script (model/helpers.js).
"""
