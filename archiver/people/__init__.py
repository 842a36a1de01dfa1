"""People who are quoted: one person across spellings and scripts, with roles, outlets and months.

`person` finds a person in the index and sums the quotes up · `attributes` reads the administrator's own table of
people, which is kept apart from what the archive asserts.
"""
