"""Speakers: one person across spellings, scripts and short forms, and never two people under one surname.

`spelling` brings a name's words from any script to forms that can be compared · `names` says whether two names may be
one person's · `people` joins the spellings of one person and gives them ids.
"""
