"""A quote or a snapshot as something to cite, in the formats that the field uses.

Values in, text out; nothing is read from an archive here.

works         what is cited, and the addresses that a citation gives
names         a printed author's name as family and given name, or whole
sentences     our own sentence behind a reference: the words, the speaker, the archived copy, its digest
csl           CSL-JSON, which reference managers and citeproc read
bibtex, ris   the two exchange formats
bibliography  the reference as APA, Chicago or MLA print it (citeproc-py's only door)
linked        schema.org and W3C Web Annotation, as JSON-LD
robust        Robust Links and PWID
"""
