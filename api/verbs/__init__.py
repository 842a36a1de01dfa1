"""The verbs: a module for each, with a click command of the same name; `api.cli` loads the one that is called.

capture, add           pages and files that are kept
quotes                 quotes of a page or text that is not kept
search, show, export   what the archive holds
check                  whether somebody said something
diff                   two captures of a page side by side
evidence, verify       what proves quotes, in one file; the evidence, read again
review, withdraw       people's word: who said a quote; what is not shown any more
sampling               a random sample walked in the terminal
speakers               one person across spellings; two joined, one separated
erase                  bytes destroyed, as the law requires
release                private snapshots made public
deciding               who decides, and why
rebuild, reextract     the index and the extractions, made again
serve, openapi         the HTTP API and its description
keys, log              who may use it; what was done, and by whom
searching              the parameters of a search as options
outcomes               what the verbs that keep pages say of each URL or file
"""
