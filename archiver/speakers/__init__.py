"""Speakers: one person across spellings, scripts and short forms, and never two people under one surname.

`spelling` brings a name's words from any script to forms that can be compared · `names` says whether two names may be
one person's · `keys` gives spellings ids and keys · `decided` lays people's word over that: who was joined, who was
separated · `completion` finds names by their beginning in another script ·
`people` collects the spellings of one person.
"""
