"""The sheets of the workbook, from the tables to the page. writers/xlsx.py puts them together."""
