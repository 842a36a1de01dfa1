"""A search as an FTS5 expression. Words reach it only as quoted strings; an operator in it is always ours."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from archiver.index import tags
from archiver.index.search import Search
from archiver.index.syntax import All, Any, Fuzzy, Near, Node, Not, Phrase, readings

PARTS = ("text", "speaker", "role", "before", "after", "title")

Leaf = Phrase | Fuzzy
Spell = Callable[[Leaf], Sequence[str]]
"""The words of the index that a fuzzy one or a beginning may mean; none where too many begin so."""


def expression(
    search: Search,
    clauses: Sequence[tags.Clause],
    languages: Sequence[str | None],
    spell: Spell,
    parts: Sequence[str],
) -> str:
    """The whole search. `clauses` are its tags, `languages` those of the rows that can match.

    `parts` are the columns that hold words, the one that is searched first.
    """
    demands = [tagged(clauses or ((tags.EVERY,),))]
    if search.speakers:
        demands.append(_any(_node(tree, ("speaker",), _no_words) for tree in search.speakers))
    if search.tree is not None:
        searched = parts if search.in_passage else parts[:1]
        demands.append(_words(search.tree, searched, languages, spell))
    found = " AND ".join(demands)
    return f"({found}) NOT {_one_of(search.excluded)}" if search.excluded else found


def tagged(clauses: Iterable[tags.Clause]) -> str:
    """The rows that have one tag of each clause."""
    return " AND ".join(_one_of(clause) for clause in clauses)


def _no_words(_leaf: Leaf) -> Sequence[str]:
    """Beginnings of names are left to FTS5: most words that begin so are in no name."""
    return ()


def _words(tree: Node, parts: Sequence[str], languages: Sequence[str | None], spell: Spell) -> str:
    """Each language's reading, for rows of that language; one reading for all needs to name none."""
    found = readings(tree, languages or (None,))
    if len(found) == 1:
        return _node(next(iter(found)), parts, spell)
    return _any(
        f"({_one_of([tags.language_tag(language) for language in read_so])} AND {_node(reading, parts, spell)})"
        for reading, read_so in found.items()
    )


def _node(node: Node, parts: Sequence[str], spell: Spell) -> str:
    if isinstance(node, All):
        return "(" + " AND ".join(_node(part, parts, spell) for part in node.parts) + ")"
    if isinstance(node, Any):
        return _any(_node(part, parts, spell) for part in node.parts)
    if isinstance(node, Not):
        return f"({_one_of((tags.EVERY,))} NOT {_node(node.part, parts, spell)})"
    stemmed = not isinstance(node, Fuzzy) and node.stemmed
    columns = " ".join(f"{part}_{'stems' if stemmed else 'words'}" for part in parts)
    return f"({{{columns}}} : {_leaf(node, spell)})"


def _leaf(leaf: Phrase | Fuzzy | Near, spell: Spell) -> str:
    if isinstance(leaf, Fuzzy):
        return _any(quoted([word]) for word in spell(leaf) or [leaf.word])
    if isinstance(leaf, Near):
        return f"NEAR({' '.join(quoted([word]) for word in leaf.words)}, {leaf.gap + len(leaf.words) - 2})"
    if not leaf.open:
        return quoted(leaf.words)
    endings = spell(leaf) if len(leaf.words) == 1 else ()
    return _any(quoted([word]) for word in endings) if endings else f"{quoted(leaf.words)} *"


def _one_of(clause: Iterable[str]) -> str:
    return f"(tags : {_any(quoted([tag]) for tag in clause)})"


def _any(expressions: Iterable[str]) -> str:
    return "(" + " OR ".join(expressions) + ")"


def quoted(words: Sequence[str]) -> str:
    """Words in a row, as FTS5 reads them literally."""
    text = " ".join(words).replace('"', '""')
    return f'"{text}"'
