"""The first step: what stands in quotation marks, paragraph by paragraph, so that one stray mark spoils one paragraph.

The pairs follow the Unicode Standard, chapter 6.2 (“Language-Based Usage of Quotation Marks”): “ ” and ‘ ’, „ “, „ ”,
« » and » «, ” ”, ‹ ›, 「 」 and 『 』, straight " and ', and the typewriter's '' and ``. Time is linear in the text.
"""

from __future__ import annotations

import re

from archiver.languages import CALL, SAY, TELL, Pack
from archiver.quotes.model import Marked
from archiver.quotes.sentences import paragraphs

MAX_QUOTES = 5_000  # marked stretches of one text; a page with more is no article
MAX_LENGTH = 10_000  # code points of one marked stretch
MAX_DEPTH = 8

_MARK = re.compile("[“”„‟«»‹›「」『』〝〞〟＂\"]|''|``|[‘’‚‛']")
_CLOSERS = {
    "“": "”", "„": "“”„", "‟": "”", "«": "»", "»": "«»", "‹": "›", "›": "‹", "「": "」",
    "『": "』", "〝": "〞〟", "＂": "＂",
    '"': '"', "''": ("''", '"'), "``": ("''", '"'), "”": "”", "‘": "’", "‚": "‘’", "‛": "’", "'": "'", "’": "’",
}  # fmt: skip
_MIXED = {"“": '"', "”": '"', '"': "”"}  # one hand typed it, the other program set it
_SINGLE = "‘’‚‛'"
_BEFORE_OPENING = " \t\u00a0\u202f\u2009([{—–-/:"
_DASH_BREAK = re.compile(r"(?<=[\s.,!?…])[–—―-](?=[.,]?\s?[\w¿¡])|(?<=\w)[–—―](?=[.,])")
_INSIDE = re.compile(r"[,.!?…]\s[–—-]\s")
_INNER_DASH = re.compile(r'[:.!?…”"»][ \u00a0][–—](?=[ \u00a0]?[„«“"]?[^\W\d_a-z])')
_FIRST_WORDS = re.compile(r"\W*(\w+)(?:\W+(\w+))?")


def find_marks(text: str, pack: Pack) -> list[Marked]:
    """Every outermost stretch in marks or after a dialogue dash, in order; at most `MAX_QUOTES`."""
    found = _stretches(text, pack)
    return _going_on(text, [mark for mark in found[:MAX_QUOTES] if not _is_nickname(text, mark)])


def are_too_many(text: str, pack: Pack) -> bool:
    """Whether there are more stretches than are looked at."""
    return len(_stretches(text, pack)) > MAX_QUOTES


def _stretches(text: str, pack: Pack) -> list[Marked]:
    """All of them up to the end of the paragraph in which there are more than `MAX_QUOTES`."""
    found: list[Marked] = []
    open_mark = ""
    for start, end in paragraphs(text):
        if pack.dash and text[start] in pack.dash:
            here = _dialogue(text, start, end, pack)
        else:
            here = _paragraph(text, start, end, pack, open_mark)
            if pack.dash and not open_mark and (dash := _inner_dash(text, start, end, pack, here)):
                before = [mark for mark in here if mark.outer_end <= dash]
                here = before + _dialogue(text, dash, end, pack)
        found += here
        open_mark = here[-1].mark if here and here[-1].continues else ""
        if len(found) > MAX_QUOTES:
            break
    return found


_LABEL = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ.'’ -]{1,30}: +(?=\S)")
_NAME_BEFORE = re.compile(r"[A-ZÀ-Þ][\w.]*[ \u00a0]$")
_NAME_AFTER = re.compile(r"[ \u00a0][A-ZÀ-Þ]\w")


def _is_nickname(text: str, mark: Marked) -> bool:
    """«Marcia “Cia” Price»: a word between two words of a name."""
    return (
        mark.end - mark.start < 16
        and text[mark.start].isupper()
        and text[mark.end - 1].isalpha()
        and bool(_NAME_BEFORE.search(text, max(0, mark.outer_start - 20), mark.outer_start))
        and bool(_NAME_AFTER.match(text, mark.outer_end))
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


def _paragraph(text: str, start: int, end: int, pack: Pack, open_mark: str) -> list[Marked]:
    found: list[Marked] = []
    stack: list[tuple[str, int, int]] = []
    inner = False
    for match in _MARK.finditer(text, start, end):
        mark, at, after = match[0], match.start(), match.end()
        if mark in _SINGLE and _is_apostrophe(text, at, start, end, stack):
            continue
        depth = _closes(mark, text, at, after, end, stack)
        if depth is not None:
            opened = stack[depth]
            inner = inner or depth > 0 or depth < len(stack) - 1
            del stack[depth:]
            if not stack:
                _add(found, text, opened, (at, after), "pair", inner_marks=inner)
                if pack.inside and found:
                    found[-1:] = _told_inside(text, found[-1], pack)
                inner = False
        elif _opens(mark, text, at, after, start, end):
            if not (stack and stack[-1][0] == mark and mark in "“„«「"):
                if len(stack) < MAX_DEPTH:
                    stack.append((mark, at, after))
            elif len(stack) == 1:  # the same mark again: the first one was never closed
                _add(found, text, stack[0], (at, at), "unclosed")
                stack = [(mark, at, after)]
        elif not stack and not found and mark in "”»\"''":
            _unopened(found, text, start, at, after, open_mark)
    if stack:
        _unclosed(found, text, stack[0], end)
    return found


def _told_inside(text: str, mark: Marked, pack: Pack) -> list[Marked]:
    """«…, — сказал он. — …»: what is said before and after the reporter's words that stand inside the marks."""
    pieces, open_at, speech = [], mark.start, True
    for dash in _INSIDE.finditer(text, mark.start, mark.end):
        if speech and _reports(text, dash.end(), pack):
            end = dash.start() + (text[dash.start()] != ",")
            pieces.append(mark._replace(start=open_at, end=end, outer_end=end))
            speech = False
        elif not speech:
            open_at, speech = dash.end(), True
    if speech:
        pieces.append(mark._replace(start=open_at))
    return [piece._replace(outer_start=piece.start) if n else piece for n, piece in enumerate(pieces)]


def _add(found: list[Marked], text: str, opened: tuple[str, int, int], close: tuple[int, int], rule: str, *,
         continues: bool = False, inner_marks: bool = False) -> None:  # fmt: skip
    mark, outer_start, start = opened
    end, outer_end = close
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    label = _LABEL.match(text, start, end)
    if label and label.end() < end:  # a transcript: «“SMITH: Good evening.”»; the label belongs to the reporter
        outer_start = start = label.end()
    if mark in _SINGLE and end - start == 1:  # rock 'n' roll
        return
    if start < end <= start + MAX_LENGTH and any(map(str.isalnum, text[start:end])):
        found.append(Marked(start, end, outer_start, outer_end, rule, mark, continues, inner_marks))


def _unclosed(found: list[Marked], text: str, opened: tuple[str, int, int], end: int) -> None:
    """A mark without its partner: the rest of the paragraph, unless a single mark or inches look like one."""
    mark, at, after = opened
    if mark in _SINGLE or (mark in "\"''" and text[at - 1 : at].isdigit()):
        return
    _add(found, text, (mark, at, after), (end, end), "unclosed", continues=True)


def _unopened(found: list[Marked], text: str, start: int, at: int, after: int, open_mark: str) -> None:
    """A closing mark alone: words from the paragraph's start, where the one before is open or an end stands here."""
    if open_mark or text[at - 1 : at] in (",", ".", "!", "?", "…"):
        _add(found, text, ("”", start, start), (at, after), "unopened")


def _is_apostrophe(text: str, at: int, start: int, end: int, stack: list[tuple[str, int, int]]) -> bool:
    mark = text[at]
    before = text[at - 1] if at > start else " "
    after = text[at + 1] if at + 1 < end else " "
    if mark in "‘‚‛":
        return before.isalnum() and after.isalnum()
    if before.isalnum() and after.isalnum():
        return True
    opened = next((s for s in reversed(stack) if mark in _CLOSERS[s[0]]), None)
    if opened is None:
        if mark == "’" or before.isalnum() or not after.isalnum() or before not in _BEFORE_OPENING + "\"“„«'":
            return True
        return _closing_single(text, at + 1, end) < 0
    if mark in ("'", "’"):
        return before in "sxzSXZ" and after == " " and _closing_single(text, at + 1, end) >= 0
    return False


_SINGLE_END = re.compile(r"(?<=[\w.,!?…)%])['’](?!\w)")
_NEXT_SINGLE = re.compile(r"(?<![\w])['‘](?=\w)")


def _closing_single(text: str, at: int, end: int) -> int:
    """Where the next single mark closes, or -1; within 600 code points and before another one opens."""
    limit = min(end, at + 600)
    close = _SINGLE_END.search(text, at, limit)
    if close is None:
        return -1
    opening = _NEXT_SINGLE.search(text, at, limit)
    return close.start() if opening is None or close.start() < opening.start() else -1


def _closes(mark: str, text: str, at: int, after: int, end: int, stack: list[tuple[str, int, int]]) -> int | None:
    """The depth at which this mark closes what is open, or None."""
    for depth in range(len(stack) - 1, -1, -1):
        opened = stack[depth][0]
        if mark in _CLOSERS[opened] or _MIXED.get(opened) == mark:
            if stack[depth][2] == at and mark in "\"''":
                return None
            if opened == mark and _plainly_opens(text, at, after, end) and mark not in "'’":
                continue
            if opened == "„" and mark == "„":
                continue
            return depth
    return None


def _plainly_opens(text: str, at: int, after: int, end: int) -> bool:
    """A symmetric mark with a blank before and a word after it; a closing one has its blank after."""
    before = text[at - 1 : at]
    return (
        bool(before)
        and before in " \u00a0("
        and after < end
        and text[after].isalnum()
        and text[at - 2 : at - 1] in ":,"
    )


def _opens(mark: str, text: str, at: int, after: int, start: int, end: int) -> bool:
    if after >= end or mark not in _CLOSERS:
        return False
    before = text[at - 1] if at > start else " "
    following = text[after]
    if mark in ("“", "„", "‟", "«", "「", "『", "〝", "``", "‹", "‚", "‛", "‘"):
        return True
    if mark in "”»›":
        return (
            (not following.isspace() or (at == start and text.find(mark, after, end) > 0))
            and not before.isalnum()
            and before not in ".,!?…"
        )
    if mark == '"' and before.isdigit():
        return False
    return not following.isspace() and (not before.isalnum() or not before.isascii())


def _dialogue(text: str, start: int, end: int, pack: Pack) -> list[Marked]:
    """A paragraph that a dash opens: speech, and after the next dash or a comma the reporter's words in between."""
    found: list[Marked] = []
    at, speech = start + 1, True
    opened = (text[start], start, at)
    for match in [*_DASH_BREAK.finditer(text, at, end), None]:
        stop = match.start() if match else end
        if speech:
            reported = match is not None and _reports(text, match.end(), pack)
            close = _comma_before_cue(text, opened[2], stop, pack)
            if match is not None and not reported:
                told = close < stop and any(char.isalpha() for char in text[close:stop])
                if told and text[stop - 2 : stop].rstrip()[-1:] in tuple(".!?…"):  # «– Ja, sier hun. – Nei.»
                    _add(found, text, opened, (close, close), "dash")
                    opened = (text[stop], stop, stop + 1)
                continue
            _add(found, text, opened, (close, close), "dash")
            if close < stop:  # what follows the reporter's words is narrative, up to the next dash
                reported = True
            speech = not reported
        elif match is not None:
            start = stop + 1 + (text[stop + 1 : stop + 2] in (".", ","))
            speech, opened = True, (text[stop], stop, start)
    starts = [mark.outer_start for mark in found[1:]]
    gaps = [(mark.outer_end, start) for mark, start in zip(found, [*starts, end], strict=False)]
    return sorted([*found, *(mark for low, high in gaps for mark in _paragraph(text, low, high, pack, ""))])


def _inner_dash(text: str, start: int, end: int, pack: Pack, marked: list[Marked]) -> int:
    """The dash that opens speech inside a paragraph, behind a colon or a full stop, as «Ministern: – Nej»; else 0."""
    for match in _INNER_DASH.finditer(text, start, end):
        dash = match.end() - 1
        if any(mark.outer_start < dash < mark.outer_end for mark in marked):
            continue
        stop = next(_DASH_BREAK.finditer(text, dash + 1, end), None)
        if match[0][0] == ":" or (stop and _reports(text, stop.end(), pack)):
            return dash
    return 0


def _reports(text: str, at: int, pack: Pack) -> bool:
    """Whether the reporter's words begin here: a verb of saying is near, or an unknown word."""
    found = _FIRST_WORDS.match(text, at)
    if found is None:
        return False
    classes = [pack.lexicon.get(word.lower()) for word in found.groups() if word]
    unknown = classes[0] is None and found[1][0].islower()
    return unknown or any(code in (SAY, TELL, CALL) for code in classes)


_COMMA_WORD = re.compile(r"[,?!…]\s+(\w+)")


def _comma_before_cue(text: str, start: int, end: int, pack: Pack) -> int:
    """Where the reporter takes over after a comma: «…, sier hun», «…, — сказал он»."""
    for match in _COMMA_WORD.finditer(text, start, end):
        if pack.lexicon.get(match[1], "") in (SAY, TELL) and match[1][0].islower():
            return match.start() + (text[match.start()] != ",")
    return start + len(text[start:end].rstrip().removesuffix(","))
