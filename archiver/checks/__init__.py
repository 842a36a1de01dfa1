"""Did they say it? Claimed words compared with what the archive holds, and the exact difference between them.

    claim → words → alignment → reasons → comparison (one claim, one quote) → check (one claim, the archive)

`numerals` reads numbers written in words; `words` cuts a text into words that are compared and the marks after them;
`alignment` pairs the words of two texts; `reasons` names what differs; `comparison` gives the verdict on one quote;
`check` judges the quotes of a claim; `report` finds them in the archive, and with `sentences` the words in articles;
`texts` finds the claims in a text.
"""
