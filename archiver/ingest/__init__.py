"""The way into the archive: scan files → extract → store assertions → index. Capture, `add` and `reextract` share it.

imports   copies files from elsewhere into the archive
rebuild   the index rebuilt from the assertions alone
extract   snapshots that nobody extracted yet, or that are to be extracted again, through the steps below
scan      finds the snapshots in WARC files, and reads their pages
revisits  what revisits refer to, in all files of the archive
index     assertions files → index, the only way into it
store     extractions ⇄ records in the assertions files
entries   index rows of a snapshot and its quotes
"""
