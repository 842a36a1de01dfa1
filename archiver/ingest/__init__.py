"""The way into the archive: scan files → extract → store assertions → index. Capture, `add` and `reextract` share it.

imports     copies files from elsewhere into the archive
rebuild     the index rebuilt from the assertions alone
erase       a snapshot's bytes destroyed, where the law asks for it
places      where the records of snapshots are, in all files
beside      the requests and metadata that belong to answers
decide      what people decide about quotes and snapshots: checked, stored, indexed
covered     what a decision about a snapshot covers beside it: copies and revisits of the page
inherited   what later snapshots inherit: that the page, or quotes of it, are withdrawn or private
extract     snapshots that are not yet extracted, or that are to be extracted again, through the steps below
pending     what is stored and not yet in the index
reading     the pages of snapshots → extractions, in order
scan        finds the snapshots in WARC files, and reads their pages
watch       a folder that a crawler writes into: which files are finished
revisits    what revisits refer to, in all files of the archive
index       assertions files → index, the only way into it
store       extractions and decisions ⇄ records in the assertions files
fold        the state of a snapshot: its extractions, and people's decisions laid over them
singlefile  a page that a person saved, as a WARC file
entries     index rows of a snapshot and its quotes
"""
