"""Who is named, described or referred to by a pronoun: the tokens of a text joined into chunks, one letter each.

`chunker` writes them; `cased` (with `names` and `phrases`) and `caseless` know how a script tells its names.
"""

from __future__ import annotations

import re
from collections import Counter

from archiver.languages import BEFORE, BODY, CONJUNCTION, NOUN_CUE, OWNER, ROLE, TITLE, TITLE_AFTER, Pack
from archiver.quotes.cased import CasedChunker
from archiver.quotes.caseless import CaselessChunker, begins_with_family_name
from archiver.quotes.glosses import glosses
from archiver.quotes.mastheads import MASTHEAD
from archiver.quotes.model import CAPITALIZED, SENTENCE_END, Chunks, Marked
from archiver.quotes.patterns import SPEAKS, SUBJECT_NEXT, TITLED
from archiver.quotes.sentences import tokens
from archiver.quotes.tokens import Token, codes_of

_OWNER = 3  # letters of a name that may own something, at least
_THINGS = frozenset((CAPITALIZED, NOUN_CUE, BODY, ROLE))  # what an owner has
_AGE = ("岁", "歲")
_PARTS_OF_ROLE = re.compile(f"{CAPITALIZED}-(?:,{CAPITALIZED}-)*{CONJUNCTION}(?={ROLE})")
_DOT = re.compile("[·•‧]")  # between the words of a foreign name in Chinese


def chunk_text(text: str, pack: Pack, marked: list[Marked]) -> Chunks:
    """The text as chunks, with every mention outside the marks."""
    paragraphs, ranges, asides = tokens(text, pack, marked)
    quotations = [mark for mark in marked if mark.rule != MASTHEAD]
    chunks = Chunks(
        text=text, pack=pack, marked=quotations, paragraphs=ranges, asides=asides, glosses=glosses(text, pack)
    )
    if pack.case == "nouns":
        owners = _owners(paragraphs, pack)
        paragraphs = [_parted(found, owners, pack) for found in paragraphs]
    chunker: CasedChunker | CaselessChunker
    if pack.case == "none":
        chunker = CaselessChunker(chunks, _family_names(paragraphs, pack))
    else:
        chunker = CasedChunker(chunks, _name_words(paragraphs, pack) if pack.case == "nouns" else frozenset())
    for number, found in enumerate(paragraphs):
        chunker.paragraph(number, found)
    chunks.codes = "".join(chunker.codes)
    return chunks


def _owners(paragraphs: list[list[Token]], pack: Pack) -> frozenset[str]:
    """The words that are names where others have a first name, a title or a role in front: «der Minister Jost Tann»."""
    known: set[str] = set()
    for found in paragraphs:
        titled = called = False
        for token in found:
            name = token.code == CAPITALIZED and token.capital
            if name and (titled or called) and len(token.low) >= _OWNER:
                known.add(token.low)
            called = name and (titled or token.low in pack.first_names)
            titled = token.code in (TITLE, ROLE)
    return frozenset(known)


def _parted(found: list[Token], owners: frozenset[str], pack: Pack) -> list[Token]:
    """«Tanns Urteil» as «Tann’s Urteil»: the ending of a name before what is its owner's, where it is written on."""
    out: list[Token] = []
    found = _completed(found)
    sources, nouns = pack.source_prepositions, pack.source_nouns
    for at, token in enumerate(found):
        stem, behind = token.low[:-1], found[at + 1 : at + 2]
        owned = token.low[-1:] == "s" and stem in owners and token.low not in owners and token.code == CAPITALIZED
        if owned and behind and behind[0].capital and behind[0].code in _THINGS:
            end = token.end - 1
            if out and out[-1].low in sources and behind[0].low in nouns:
                out[-1] = out[-1].classed(BEFORE)  # «Nach Tanns Worten»
            out += [Token(token.code, token.start, end, stem, True), Token(OWNER, end, token.end, "s")]
        else:
            out.append(token)
    return out


def _completed(found: list[Token]) -> list[Token]:
    """«der Gesundheits-, Sozial- und Integrationsdirektor» without what completes its role."""
    codes = codes_of(found)
    past = 0
    out: list[Token] = []
    for match in _PARTS_OF_ROLE.finditer(codes):
        out += found[past : match.start()]
        past = match.end()
    return out + found[past:] if past else found


def _name_words(paragraphs: list[list[Token]], pack: Pack) -> frozenset[str]:
    """Where every noun has a capital: the words of names that are given in full or after a title somewhere."""
    known: set[str] = set()
    for found in paragraphs:
        for at, token in enumerate(found):
            if token.code != CAPITALIZED or not token.capital:
                continue
            low = token.low
            before = found[at - 1].code if at else SENTENCE_END
            following = found[at + 1] if at + 1 < len(found) else None
            if before in (TITLE, ROLE) or low in pack.first_names:
                known.add(low)
            if (
                following
                and following.code == CAPITALIZED
                and following.capital
                and (before not in "dy" or low in pack.first_names)
            ):
                known.update((low, following.low))
    return frozenset(known)


def _family_names(paragraphs: list[list[Token]], pack: Pack) -> frozenset[str]:
    """Without case: words that a family name begins and that are next to a title, a role or a verb somewhere."""
    known: set[str] = set()
    second: set[str] = set()
    alone: set[str] = set()
    texts = Counter(token.low for found in paragraphs for token in found if token.code == CAPITALIZED)
    labels = Counter(found[0].low for found in paragraphs if _opens_with_label(found))
    known.update(low for low, times in labels.items() if times > 1 and begins_with_family_name(low, pack))
    for found in paragraphs:
        for at, token in enumerate(found):
            if token.code != CAPITALIZED:
                continue
            behind = "".join(after.code for after in found[at + 1 : at + 5])
            before = found[at - 1].code if at else ""
            if not pack.spaces:
                known.update(
                    part for part in _DOT.split(token.low)[1:] if len(part) > 1
                )  # «伊莎贝拉·科恩», then «科恩»
            family = begins_with_family_name(token.low, pack)
            told = (TITLED if pack.spaces else SPEAKS).match(behind) or before in (ROLE, TITLE_AFTER)
            if pack.trade_signs and token.low.endswith(tuple(pack.not_names)):
                continue  # «金谷队教练»
            told = told or (bool(pack.trade_signs) and _is_aged(found, at, pack))
            if family and (told or (pack.subject and _is_full_subject(token, behind, texts, pack))):
                known.add(token.low)
            elif pack.spaces and len(token.low) > 1 and TITLED.match(behind):
                (second if before == CAPITALIZED else alone).add(token.low)
    return frozenset(known | (second & alone))  # «도널드 스미스 대통령», then «스미스 대통령»: a foreign name


def _opens_with_label(found: list[Token]) -> bool:
    """Whether a paragraph begins with a word and a colon, as a turn in an interview does: 「慕容静：家燕。」."""
    return len(found) > 1 and found[0].code == CAPITALIZED and found[1].code == ":"


def _is_aged(found: list[Token], at: int, pack: Pack) -> bool:
    """«72岁的陈桂枝把…»: a whole name behind an age."""
    family = 2 if found[at].low[:2] in pack.surnames else 1
    aged = at > 1 and found[at - 1].code == OWNER and found[at - 2].low.endswith(_AGE)
    return aged and len(found[at].low) == family + 2


def _is_full_subject(token: Token, behind: str, texts: Counter[str], pack: Pack) -> bool:
    """Whether a word is a full name with a subject marker: «富田勝は», «홍니카(29)는».

    Where blanks part words, it gives an age or comes twice.
    """
    low = token.low
    if low.endswith(tuple(pack.not_names)) or not SUBJECT_NEXT.match(behind):
        return False
    family = 2 if low[:2] in pack.surnames else 1
    if pack.spaces:
        return len(low) == family + 2 and (behind[0] == "(" or texts[low] > 1)
    return len(low) > family
