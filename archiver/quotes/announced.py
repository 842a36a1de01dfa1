"""By which noun somebody is announced who is named only behind the quotation: «The mayor refused. “No,” said [X].»"""

from __future__ import annotations

import re

from archiver.languages import AUXILIARY, PREPOSITION
from archiver.quotes.model import NAME, NOUN_PHRASE, QUOTE, SENTENCE_END, Chunks, Mention
from archiver.quotes.patterns import ROLE_OR_DETERMINER, SAYING, sentence_start

_REACH = 8  # chunks from the end of a quotation to the name of who said it
_NAMED_BEHIND = re.compile(rf"{QUOTE}[,!-]?{AUXILIARY}?[{SAYING}]{ROLE_OR_DETERMINER}{{0,2}}\Z")  # «“No,” said»


def announced_by(chunks: Chunks, name: Mention) -> str:
    """The noun of a role that the sentence before the quotation is about whose speaker `name` is; "" without one."""
    codes = chunks.codes
    low = max(0, name.chunk - _REACH)
    behind = _NAMED_BEHIND.search(codes, low, name.chunk)
    if behind is None:
        return ""
    end = behind.start() - (codes[behind.start() - 1 : behind.start()] == "\n")
    start = sentence_start(codes, end - 1)
    if codes[end - 1 : end] != SENTENCE_END or any(code in codes[start:end] for code in NAME + QUOTE):
        return ""
    nouns = [chunks.mentions[at] for at in chunks.mention_at[start:end] if at >= 0]
    roles = [noun for noun in nouns if _may_announce(chunks, noun)]
    if len(roles) != 1 or (name.gender and roles[0].gender and name.gender != roles[0].gender):
        return ""
    return roles[0].head


def _may_announce(chunks: Chunks, noun: Mention) -> bool:
    """Whether a noun is somebody's role, and no preposition leads to it."""
    governed = chunks.codes[noun.chunk - 1 : noun.chunk] == PREPOSITION
    somebody = noun.kind == NOUN_PHRASE and noun.role_noun and not noun.is_organization
    return somebody and noun.gender != "p" and not governed
