"""What became of words and pages: observations, never more than that.

`observations` says for each capture of a page whether it contains a quote · `differences` compares two captures: the
article by word, the quotes one by one · `edits` finds the captures of an archive in which a page's article changed ·
`choice` finds the capture that somebody means.
"""
