"""Everything that leaves this machine: one request, one answer, kept as they crossed the wire.

engine      the exchanges of a page: redirects, robots.txt, pacing, retries
gate        which URL and which address may be requested: strict grammar, every address checked
addresses   the table of addresses that are not public
wire        one exchange: connects to a checked address and keeps the bytes (urllib3's only door)
proxy       a tunnel to a checked address through the operator's proxy
tape        the recorder under the exchange: bytes both ways, deadlines, byte limit
answers     an HTTP answer read off the tape
contents    whether compressed content ends
redirects   where an answer sends us
robots      robots.txt (RFC 9309), fetched through the same gate and wire
deliver     one POST to another server: the news of a saved search
pacing      the pause between requests to one host, Retry-After
"""
