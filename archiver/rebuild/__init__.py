"""From the WARC files to the index, whatever happened in between.

`entries` makes index rows of extractions · `assertions` stores extractions and takes assertions files in · `pages`
finds the snapshots in WARC files and gets at their pages · `whole` makes the index anew, and extracts what nobody did.
"""
