"""What speaks for and against a mention as the speaker, named by structure and role: the features of the ranking.

The names are short because they are many: a letter for the question, then the answer in classes of `Chunks.codes`.
No word of any text is part of a name.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from archiver.quotes.model import NAME, NOUN_PHRASE, QUOTE, SENTENCE_END, Chunks, Mention, Standing
from archiver.quotes.patterns import (
    ACTOR,
    DIRECT_AFTER,
    DIRECT_BEFORE,
    INVERTED_AFTER,
    INVERTED_BEFORE,
    ITS_VERB,
    MODIFIES,
    NAMED,
    SAYING,
    SPEAKS_AFTER,
    SPEAKS_BEFORE,
    VERB_OF_SUBJECT,
    sentence_around,
    sentence_start,
)

REPORTING = re.compile(f"[{SAYING}ag]")
_FAR = 6  # chunks in steps of two between a verb of saying and the marks
_JOINTS = str.maketrans("", "", "wpdjsOoX0xeb-'&/()y")  # what remains of a clause: its verbs, marks and joints


class QuoteContext(NamedTuple):
    """Where a marked stretch is: its chunk, its sentence, its shape, and what is right beside it.

    `verb_before` and `verb_after` are the chunks of the nearest words of saying in the sentence, -1 for none.
    """

    quote: int
    at: int
    paragraph: int
    start: int
    end: int
    shape: str
    beside: str
    rule: str
    words: str
    verb_before: int
    verb_after: int


class Past(NamedTuple):
    """The speaker of the quote before, if any: the mention, the person (-1 unknown), paragraphs in between."""

    place: int = -1
    person: int = -1
    gap: int = 0


def context_of(chunks: Chunks, quote: int) -> QuoteContext:
    """The context of a marked stretch."""
    codes, at, mark = chunks.codes, chunks.quote_at[quote], chunks.marked[quote]
    start, end = sentence_around(codes, at)
    words = chunks.text[mark.start : mark.end]
    paragraph = chunks.paragraph_of[at]
    return QuoteContext(
        quote, at, paragraph, start, end, _shape(codes, at, len(words)), _beside(codes, at), mark.rule, words,
        max([codes.rfind(code, start, at) for code in "STLg"]),
        min([found for code in SAYING if (found := codes.find(code, at, end)) >= 0], default=-1),
    )  # fmt: skip


def _shape(codes: str, at: int, size: int) -> str:
    """How a quotation sits in its sentence: what is before and after it, and how long it is."""
    before, after = codes[at - 1] if at else "\n", codes[at + 1]
    start = "i" if before in "$\n" else ":" if before in ":,-Q" else "t" if before in "tST" else "f"
    end = "," if after in ",!-" else "$" if after in "$\n" else "f"
    return start + end + ("1" if size < 15 else "2" if size < 40 else "3")


def _beside(codes: str, at: int) -> str:
    """Whether right after (a) or before (b) the quotation somebody and a verb of saying are, whoever it may be."""
    after = SPEAKS_AFTER.match(codes, at + 1, at + 6)
    before = SPEAKS_BEFORE.search(codes[max(0, at - 16) : at])
    return ("a" if after else "") + ("b" if before else "") or "0"


def distance_of_saying(codes: str, context: QuoteContext) -> str:
    """The side and the distance of the nearest reporting word in the sentence: "b1", "a0", "0" for none."""
    at = context.at
    behind = [at - place - 1 for code in SAYING + "ag" if (place := codes.rfind(code, context.start, at)) >= 0]
    ahead = [place - at - 1 for code in SAYING + "a" if (place := codes.find(code, at, context.end)) >= 0]
    near = [(min(behind), "b")] if behind else []
    near += [(min(ahead), "a")] if ahead else []
    if not near:
        return "0"
    gap, side = min(near)
    return side + str(min(gap, _FAR) // 2)


def nobody(context: QuoteContext) -> list[str]:
    """What speaks for nobody."""
    return ["none", "none" + context.shape, "none" + context.rule]


def signed(context: QuoteContext) -> list[str]:
    """What speaks for the name that signs a quotation on the next line."""
    return ["signed", "signed" + context.shape, "signed" + context.beside]


def again(context: QuoteContext, past: Past) -> list[str]:
    """What speaks for the last speaker, where the text around does not mention him."""
    gap = min(past.gap, 4)
    return ["again", f"again{gap}", f"again{gap}{context.shape[:2]}", "again" + context.rule, "again" + context.beside]


def before_name(codes: str, chunk: int) -> str:
    """The class before a mention, roles and determiners left aside."""
    first = chunk - 1
    while first > 0 and codes[first] in "od":
        first -= 1
    return codes[first] if chunk else "\n"


def of_mention(chunks: Chunks, context: QuoteContext, place: int) -> list[str]:
    """The place of a mention in its sentence and towards the quotation."""
    codes, mention, at = chunks.codes, chunks.mentions[place], context.at
    chunk, shape = mention.chunk, context.shape
    standing = _standing(chunks, place)
    kind, previous, following, subject = standing.kind, standing.previous, standing.following, standing.subject
    side = side_of(context, mention)
    apart = min(abs(chunks.sentence_of[at] - mention.sentence), 3)
    verb = _verb(codes, standing, chunk, at)
    begins = shape[:2]
    features = [
        "k" + kind, f"k{side}{kind}", f"s{side}{apart}", f"s{side}{apart}{begins}", f"u{side}{subject}{apart}",
        f"u{subject}{kind}", f"u{side}{subject}{begins}", f"v{side}{verb}", f"v{side}{verb}{apart}",
        f"v{verb}{kind}",
        f"v{side}{verb}{shape}", f"l{side}{previous}", f"n{side}{following}", f"ln{previous}{following}",
        f"lk{previous}{kind}", f"nk{following}{kind}",
    ]  # fmt: skip
    if side == "p":
        return features + _paragraph_before(chunks, context, mention)
    between = codes[at + 1 : chunk] if side == "a" else codes[chunk + 1 : at]
    beside = f"at{side}{context.beside}"
    features += [f"{beside}{min(len(between), 3)}", beside + verb[:1], f"{beside}{apart}"]
    if tie := _tie(codes, chunk, side, between, previous):
        features += ["tie" + tie, f"tie{tie}{kind}", f"tie{side}{tie}", f"tie{tie}{shape[:1]}"]
    edge = following if side == "a" else previous
    features += _between(side, between, kind, edge, begins)
    features += _governed(chunks, context, side, chunk)
    return features


def _standing(chunks: Chunks, place: int) -> Standing:
    known = chunks.standing.get(place)
    if known is None:
        mention, codes = chunks.mentions[place], chunks.codes
        chunk = mention.chunk
        previous = before_name(codes, chunk)
        verb, verb_end = _own_verb(codes, chunk)
        subject = _subject(codes, chunk, previous)
        known = Standing(_kind(chunks, mention), previous, codes[chunk + 1], subject, verb, verb_end)
        chunks.standing[place] = known
    return known


def side_of(context: QuoteContext, mention: Mention) -> str:
    """Before (b) or after (a) the quotation in its paragraph, or in the one before (p)."""
    if mention.paragraph != context.paragraph:
        return "p"
    return "b" if mention.chunk < context.at else "a"


def _kind(chunks: Chunks, mention: Mention) -> str:
    """Full name, single name, name of a body; noun for a body, a person, a thing; pronoun."""
    if mention.kind == NAME:
        return "B" if mention.is_organization else "X" if mention.in_full else "1"
    if mention.kind == NOUN_PHRASE:
        if mention.bare:
            return "1"
        return "O" + ("b" if mention.is_organization else "r" if chunks.pack.lexicon.get(mention.head) == "o" else "-")
    return mention.kind


def _subject(codes: str, chunk: int, before: str) -> str:
    """The grammatical place of a mention, as far as its neighbours tell it."""
    if codes[chunk + 1] == "s":
        return "'"
    if MODIFIES.match(codes, chunk + 1):
        return "m"
    if before in "apT":
        return before
    if not ACTOR.search(codes, sentence_start(codes, chunk), chunk):
        return "1"
    return "," if before in ",cr" else "-"


def _own_verb(codes: str, chunk: int) -> tuple[str, int]:
    """The verb that a mention is the subject of, and the chunk behind it; -1 for one before the mention, or none."""
    match = VERB_OF_SUBJECT.match(codes, chunk + 1)
    if match:
        return match[1] + ("," if match.start(1) > chunk + 2 else ""), match.end()
    before = codes[chunk - 1] if chunk else "\n"
    return "<" + before if before in SAYING and (chunk < 2 or codes[chunk - 2] in "Q,!-:") else "0", -1


def _verb(codes: str, standing: Standing, chunk: int, at: int) -> str:
    """The verb that a mention is the subject of, and how near to it the quotation is."""
    end = standing.verb_end
    if end < 0 or chunk >= at:
        return standing.verb
    if at - end <= 3:
        return standing.verb + codes[end:at]
    return standing.verb + ("+" if codes.find("$", end, at) < 0 and codes.find("\n", end, at) < 0 else "$")


def _paragraph_before(chunks: Chunks, context: QuoteContext, mention: Mention) -> list[str]:
    line = chunks.line_end[mention.paragraph]
    codes = chunks.codes
    names = min(codes.count(NAME, mention.chunk + 1, line), 3)
    return [
        "p" + context.shape,
        "pe" + codes[max(0, line - 2) : line],
        f"po{names}",
        "pa" + context.beside,
        "pr" + context.rule,
    ]


def _tie(codes: str, chunk: int, side: str, between: str, previous: str) -> str:
    """How a verb of saying ties a mention to the quotation with nothing else in between: the same on either side."""
    if previous == "p":
        return ""
    if side == "a":
        if DIRECT_AFTER.fullmatch(between) and ITS_VERB.match(codes, chunk + 1):
            return "direct"
        return "inverted" if INVERTED_AFTER.fullmatch(between) else ""
    if DIRECT_BEFORE.fullmatch(between):
        return "direct"
    return "inverted" if previous in SAYING and INVERTED_BEFORE.fullmatch(between) else ""


def _between(side: str, between: str, kind: str, edge: str, begins: str) -> list[str]:
    """What is between a mention and the quotation."""
    features = [
        f"m{side}{min(between.count('X') + between.count('O') + between.count('i'), 4)}",
        f"q{side}{min(between.count('Q'), 2)}",
        f"d{side}{min(len(between) // 3, 5)}",
    ]
    if SENTENCE_END not in between and QUOTE not in between:
        features.append(f"{side}clean{kind}")
    features += [f"h{side}{code}" for code in "STL:;crap" if code in between]
    skeleton = between.translate(_JOINTS)[:7]
    features += [f"j{side}{skeleton}", f"j{side}{skeleton}{begins}"]
    if len(between) <= 5:
        whole = f"={side}{between}"
        features += [whole, whole + kind, f"{whole}|{edge}", whole + begins]
    return features


def _governed(chunks: Chunks, context: QuoteContext, side: str, chunk: int) -> list[str]:
    """Where a mention is relative to the verb of saying that is nearest to the quotation on its side."""
    codes, at = chunks.codes, context.at
    verb = context.verb_before if side == "b" else context.verb_after
    if verb < 0:
        return [f"V{side}0"]
    gap = min(at - verb - 1 if side == "b" else verb - at - 1, 4)
    if chunk > verb:
        rank = f"+{_named(codes, verb + 1, chunk)}"
    elif chunks.sentence_of[chunk] == chunks.sentence_of[verb]:
        rank = str(_named(codes, chunk + 1, verb))
    else:
        rank = "s"
    whole = f"V{side}{codes[verb]}{rank}"
    return [whole, f"{whole}{gap}", f"V{side}{rank}{context.shape[:2]}"]


def _named(codes: str, first: int, last: int) -> int:
    """How many are named between two chunks, up to two."""
    return min(len(NAMED.findall(codes, first, last)), 2) if first < last else 0


def of_past(context: QuoteContext, mention: Mention, apart: int, place: int, person: int, past: Past) -> list[str]:
    """How a candidate relates to the speaker of the quotation before."""
    if past.place < 0:
        return ["first"]
    gap, side, shape = min(past.gap, 3), side_of(context, mention), context.shape[:2]
    if place == past.place:
        goes_on = context.rule if context.rule in ("reopened", "unopened", "dash") else ""
        return [
            "same", f"same{gap}{side}", f"same{side}{apart}", f"same{gap}{shape}", "same" + context.beside,
            "same" + goes_on,
        ]  # fmt: skip
    if person >= 0 and person == past.person:
        return ["prev", f"prev{gap}{side}", f"prev{side}{apart}"]
    return [f"new{gap}{side}", f"new{gap}{shape}"]
