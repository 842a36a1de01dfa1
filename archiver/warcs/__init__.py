"""Everything that touches the evidence: WARC files written, read, closed, recovered.

storage     where closed files are kept: a local folder, or another store
files       the archive's folder: its rooms, names, locks; what a killed process left behind
writer      one append at a time, durable or cut back; warcio's only door
reader      every byte of a file accounted for: records, and what is damaged
erasing     a file without some of its records, nothing else of it moved
tombstones  what takes the place of an erased record
packages    a WACZ package after records in it were erased
kinds       recognises web archive files; other kinds are refused by name
streams     the bytes of a file: plain, gzip members, Zstandard frames
heads       the head of a WARC or ARC record
digests     the digests that records state
fields      named fields by their grammar (WARC 1.1 §4)
snapshots   a record as a snapshot, with its id
manifest    the digests of closed files, chains that show what was changed later
tombstones  records that take the place of erased ones
wacz        WARC files inside a WACZ package, read where they are
"""
