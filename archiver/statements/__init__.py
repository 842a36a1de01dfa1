"""Statements: the same words by the same speaker, wherever they are printed.

`pairs` is the one rule that two quotes are one statement ·
`clusters` joins what the rule connects, and names all of it by the least id in it · `lookup` finds the cluster of an id
or a quote · `occurrences` are its printings · `collapse` lists each once in a search.
"""
