"""Reads the evidence again and says what it finds.

scrub      the digests of closed files, a stretch at a time, for the health of the archive
findings   the whole archive, a file, a foreign file: what is not as it was stored, place by place
checks     one quote or snapshot: the chain from its words to the signature, a check for each link, in order
pages      whether words are in an archived page, independent of the libraries that extracted them
blocks     a WARC record cut out of its file by its own few rules, independent of the reader
values     what a check says
"""
