"""Text in quotation marks or after a dialogue dash, paragraph by paragraph. Time is linear in the text."""

from __future__ import annotations

import re

from archiver.languages import CALL, NOUN_CUE, SAY, TELL, Pack
from archiver.quotes.answers import answers
from archiver.quotes.asides import told_inside
from archiver.quotes.dialogue import dialogue, inner_dash, shortened
from archiver.quotes.labels import labelled
from archiver.quotes.layout import layout, paragraphs
from archiver.quotes.mastheads import mastheads
from archiver.quotes.model import Marked
from archiver.quotes.pairing import SINGLE, Opened, Paragraph, Stretch, pair_up

MAX_QUOTES = 5_000  # marked stretches of one text; a page with more is no article
MAX_LENGTH = 10_000  # code points of one marked stretch

_OPENS_WITH_MARK = re.compile("[“„«»\"‟「『”]|''|``")
_LABEL = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ.'’ -]{1,30}: +(?=\S)")
_NAME_BEFORE = re.compile(r"([A-ZÀ-Þ][\w.]*)[ \u00a0]$")
_NICKNAME = 16  # code points of a nickname in marks
_SHORT = 25  # code points of the name of a body in marks
_ROLE_BEFORE = re.compile(r"[^\W\d_]{4,}[ \u00a0]$")
_FULL_NAME_AFTER = re.compile(r"[ \u00a0][A-ZÀ-ÞА-ЯІЇЄҐ]\w+[ \u00a0][A-ZÀ-ÞА-ЯІЇЄҐ]\w+")
_NAME_AFTER = re.compile(r"[ \u00a0]([A-ZÀ-Þ]\w+)")
_NO_NAMES = frozenset("STLxpcdyrt")  # classes of words beside marks in a headline that show that no name is there


def find_marks(text: str, pack: Pack) -> list[Marked]:
    """Every outermost stretch in marks or after a dialogue dash, in order; at most `MAX_QUOTES`."""
    found = _stretches(text, pack)
    found = _going_on(text, [mark for mark in found[:MAX_QUOTES] if not _is_nickname(text, mark, pack)])
    return mastheads(text, found, pack)


def are_too_many(text: str, pack: Pack) -> bool:
    """Whether there are more stretches than are looked at."""
    return len(_stretches(text, pack)) > MAX_QUOTES


def _stretches(text: str, pack: Pack) -> list[Marked]:
    """All of them up to the end of the paragraph in which there are more than `MAX_QUOTES`."""
    found: list[Marked] = []
    ranges, lines = paragraphs(text), layout(text, pack)
    unlabelled = [where for where, line in zip(ranges, lines, strict=True) if not line.labelled]
    labels = labelled(text, unlabelled, pack)
    answering = frozenset() if labels else answers(text, ranges, pack)
    still_open = False
    for number, (line, (start, end)) in enumerate(zip(lines, ranges, strict=True)):
        following = ranges[number + 1][0] if number + 1 < len(ranges) else -1
        goes_on = following >= 0 and bool(_OPENS_WITH_MARK.match(text, following))
        first = line.start if line.labelled and line.start < line.end else start
        paragraph = Paragraph(text, first, end, still_open, goes_on, suffixes=pack.verb_final)
        if start in answering and end - start <= MAX_LENGTH:
            here = [Marked(start, end, start, end, "answer", text[start])]
        else:
            here = _paired(paragraph, pack) if line.item else _of_paragraph(paragraph, pack, labels)
        found += here
        still_open = bool(here) and here[-1].continues
        if len(found) > MAX_QUOTES:
            break
    return found


def _names_nobody(label: str, pack: Pack) -> bool:
    """«A: …», «R. …», «Respuesta. …», «Jawab: …»: labels in a talk that name nobody."""
    word = label.rstrip(" \u00a0:：.–—-").lower()
    return label[1:2] in ":.：" or pack.lexicon.get(word) in (CALL, NOUN_CUE, SAY, TELL)


def _of_paragraph(paragraph: Paragraph, pack: Pack, labels: dict[int, int]) -> list[Marked]:
    text, start, end = paragraph.text, paragraph.start, paragraph.end
    if start in labels:
        nobody = _names_nobody(text[start : labels[start]], pack)
        return [Marked(labels[start], end, start if nobody else labels[start], end, "label", text[start])]
    if pack.dash and text[start] in pack.dash:
        return _with_marks(paragraph, pack, dialogue(text, start, end, pack))
    here = _paired(paragraph, pack)
    if pack.dash and not paragraph.still_open:
        inside = [(mark.outer_start, mark.outer_end) for mark in here]
        dash = inner_dash(text, start, end, pack, inside)
        if dash:
            before = [mark for mark in here if mark.outer_end <= dash]
            rest = paragraph._replace(start=dash)
            return before + _with_marks(rest, pack, dialogue(text, dash, end, pack))
    return here


def _with_marks(paragraph: Paragraph, pack: Pack, found: list[Marked]) -> list[Marked]:
    """Speech after dashes, and text in marks between it."""
    starts = [mark.outer_start for mark in found[1:]]
    gaps = [(mark.outer_end, start) for mark, start in zip(found, [*starts, paragraph.end], strict=False)]
    inside = [
        mark
        for low, high in gaps
        if low < high
        for mark in _paired(paragraph._replace(start=low, end=high, still_open=False, goes_on=False), pack)
    ]
    return sorted([*found, *inside])


def _paired(paragraph: Paragraph, pack: Pack) -> list[Marked]:
    """The text in marks in a paragraph."""
    found: list[Marked] = []
    for stretch in pair_up(paragraph):
        mark = _marked(paragraph, stretch, pack)
        if mark is not None:
            found += told_inside(paragraph.text, mark, pack) if mark.rule == "pair" else [mark]
    return found


def _marked(paragraph: Paragraph, stretch: Stretch, pack: Pack) -> Marked | None:
    """The stretch without blanks at its ends; None where it contains no words or cannot be a quotation."""
    text, rule = paragraph.text, stretch.rule
    if stretch.opened is None:
        if not paragraph.still_open and text[stretch.close - 1] not in ",.!?…":
            return None
        opened = Opened("”", paragraph.start, paragraph.start)
    else:
        opened = stretch.opened
    end, outer_end = stretch.close, stretch.outer_end
    continues = rule == "unclosed" and end == paragraph.end
    if rule == "unclosed":
        if opened.glyph in "\"''" and text[opened.at - 1 : opened.at].isdigit():
            return None
        if opened.glyph in "»›" and opened.at == paragraph.start and text[opened.after : opened.after + 1].isspace():
            return None  # an item of a list
        told = shortened(text, opened.after, end, pack)
        if told < end:
            end = outer_end = told
            continues = False
    start = opened.after
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    outer_start = opened.at
    label = _LABEL.match(text, start, end)
    if label and label.end() < end:  # a transcript: «“SMITH: Good evening.”»; the label belongs to the reporter
        outer_start = start = label.end()
    if opened.glyph in SINGLE and end - start == 1:  # rock 'n' roll
        return None
    if not start < end <= start + MAX_LENGTH or not any(map(str.isalnum, text[start:end])):
        return None
    return Marked(start, end, outer_start, outer_end, rule, opened.glyph, continues, stretch.inner)


def _is_nickname(text: str, mark: Marked, pack: Pack) -> bool:
    """«Marcia “Cia” Price»: a word between two words of a name; not «Mayor Calls Rival ‘A Disgrace’ Over Tram»."""
    headline = text.find("\n", 0, mark.start) < 0
    if not (headline and pack.case == "names" and pack.title_case) and _is_between(text, mark):
        return True
    if mark.end - mark.start >= _NICKNAME or not (text[mark.start].isupper() and text[mark.end - 1].isalpha()):
        return False
    before = _NAME_BEFORE.search(text, max(0, mark.outer_start - 20), mark.outer_start)
    after = _NAME_AFTER.match(text, mark.outer_end)
    if before is None or after is None:
        return False
    if not headline:
        return True
    inside = text[mark.start : mark.end].split(maxsplit=1)[0]
    return not any(pack.lexicon.get(word.lower(), "w") in _NO_NAMES for word in (before[1], inside, after[1]))


def _is_between(text: str, mark: Marked) -> bool:
    """«директорка «Мостобуду» Олена Гнатюк»: a name in marks between a role and whoever has it."""
    return (
        mark.end - mark.start < _SHORT
        and text[mark.start].isupper()
        and text[mark.end - 1].isalpha()
        and bool(_ROLE_BEFORE.search(text, max(0, mark.outer_start - 20), mark.outer_start))
        and bool(_FULL_NAME_AFTER.match(text, mark.outer_end))
    )


def _going_on(text: str, found: list[Marked]) -> list[Marked]:
    """Marks every unclosed stretch that the next paragraph reopens as `continues`, and the next one as `reopened`."""
    out: list[Marked] = []
    for mark in found:
        last, rule = out[-1] if out else None, mark.rule
        if last and last.continues:
            goes_on = not text[last.outer_end : mark.outer_start].strip() and rule != "dash"
            out[-1] = last._replace(continues=goes_on)
            rule = "reopened" if goes_on and rule in ("pair", "unclosed") else rule
        out.append(mark._replace(rule=rule))
    if out:
        out[-1] = out[-1]._replace(continues=False)
    return out
