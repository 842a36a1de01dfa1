"""The shapes of all answers, for the OpenAPI description: every key is always there, only leaves and spans are null.

Answers are built in `api.answers`, not by these; a test holds each real answer to its schema.

shapes       an object whose keys are always there; its kinds of fields
quotes       a quote
snapshots    a snapshot, an article
searches     pages of results, totals, facets, histograms
comparisons  checks, statements, captures side by side, people
decisions    what people decide
samples      random samples and what their reviews say
proofs       a chain of proof
jobs         requested captures
desk         folders, saved searches
health       the status of each component
problems     every error
enums        closed lists of values
"""
