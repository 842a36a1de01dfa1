"""People who are quoted: one person across spellings and scripts, with roles, outlets and months.

`person` finds a person in the index and sums the quotes up · `decide` joins two or separates one, by a person's word ·
`facets` counts the quotes of a person once · `attributes` reads the administrator's own table of people, which is kept
apart from what the archive asserts.
"""
