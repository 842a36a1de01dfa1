"""The archiver: everything between a URL and an answer, with no web framework in it.

jobs            captures requested over HTTP, kept in jobs.sqlite
notices         news of saved searches, delivered to webhooks
desk            folders and saved searches, kept in desk.sqlite; never evidence
archive         the entry point: opens the folder, one method per verb
audit           who did what               samples        random samples for people to judge, their precision
viewer          who looks at an archive, and what is shown to them
mementos        copies of what other web archives hold
capture         URL → snapshots            ingest         files → snapshots → extractions → assertions → index
extraction      snapshot → extraction
evidence        a quote with all its proof, in one file
verification    re-reads the evidence      signing        keys, signatures, time stamps
citations       quote or snapshot → reference, in the formats of the field
replay          a saved page shown again, its words marked
fetch           gate, wire, robots, pacing: everything that leaves this machine
warcs           writer, reader, files: everything that touches the evidence
articles        page → article             annotations    extraction ⇄ WARC records, quote ids
quotes          article → quotes: marks → mentions → people → speakers → cue → date
index           entries → pages of results, in SQLite or Elasticsearch
statements      the same words by the same speaker    history        a page and its quotes, capture by capture
checks          claimed words → what the archive says about them
people          who is quoted, across spellings: roles, outlets, months, the administrator's own attributes
speakers        one person across spellings and scripts
languages       one TOML file per language
http            HTTP messages as bytes: head, framing, codings
config, records, errors     settings, values, the error tree    values   values ⇄ plain JSON
sha256          digests as they are written    compiled, compiling   the steps of finding quotes as machine code
"""
