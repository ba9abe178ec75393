"""SDMX: the estimates by the global SDG data structure definition (DSD) of the United Nations."""
