"""The way into the archive: scan files → extract → store assertion → index. Capture, `add` and `reextract` share it.

`imports` copies files from elsewhere · `scan` finds the snapshots in WARC files and gets at their pages · `store` makes
extractions assertions and indexes the assertions files · `entries` makes index rows of extractions · `pipeline` joins
them: the index rebuilt from the assertions alone, new snapshots extracted, old ones extracted again.
"""
