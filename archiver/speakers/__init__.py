"""Speakers: one person across spellings, scripts and short forms, and never two people under one surname.

`spelling` brings a name's words from any script to forms that can be compared · `names` says whether two names may be
one person's · `keys` gives each spelling an id and keys to find it by ·
`people` joins the spellings of one person.
"""
