"""Result sets to take along: every row of a search as a table or as JSON lines, streamed.

columns      the columns of a row, with their meaning
walks        every row of a search, page by page
formats      the formats by name, media type and suffix
tables       CSV and JSON lines
workbooks    XLSX
columnar     Parquet, where pyarrow is installed
sinks        files as streams
files        an export into a file
serving      exports over HTTP
packages     a ZIP of the table and a Frictionless description of it
"""
