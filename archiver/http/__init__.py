"""HTTP messages as bytes: where they begin and end, and what they carry. Nothing here sends or stores anything.

head      status line and fields, read once into a `Head` that is passed on
framing   where the body of a message ends, and its transfer codings undone
codings   gzip, deflate, br, zstd, undone in bounded steps
message   a whole message in memory: its head, its body, its payload with all codings undone
"""
