"""Statements: the same words by the same speaker, wherever they are printed.

`pairs` is the one rule that two quotes are one statement ·
`clusters` joins what the rule connects, and names the whole by the least id in it.
"""
