"""The report: one HTML file of what a run, or several, measured. `page.report` puts it together."""
