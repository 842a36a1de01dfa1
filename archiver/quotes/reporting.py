"""The reporting word beside some words in marks: where it is, and whether they are its object."""

from __future__ import annotations

import re

from archiver.languages import AUXILIARY
from archiver.quotes import governing
from archiver.quotes.surroundings import CLAUSE_END, Surroundings
from archiver.records import Kind

_DASH = re.compile("[–—]|--")
OBJECT = 3  # words between a verb of saying and the marks that are its object
CONTENT = 8  # words of what was said that are before marks inside it


class Reporting(Surroundings):
    """What is known of it from the words around the marks."""

    def _verb_at(self) -> int:
        """The place of the reporting word among the words before the marks; -1 where it is elsewhere."""
        last = len(self.before) - 1
        for place in range(last, max(-1, last - OBJECT - 1), -1):
            if self._class(self.before[place][0]) in "STL" and not self._is_mention(self.before[place]):
                return place
        start = self.cue.start if self.cue else -1
        return next((place for place, (_, at, _end) in enumerate(self.before) if at == start), -1)

    def _leads_here(self, place: int) -> bool:
        """Whether the reporting word at `place` has the marks for its object: almost nothing is in between."""
        between = self.before[place + 1 :]
        if _DASH.search(self.chunks.text, self.before[place][2], self.start):
            return False
        verbs = [word for word in between if not self._is_mention(word)]  # «the offer» is no verb
        if self.pack.verb_second and [self._class(word) for word, _, _ in verbs] == [AUXILIARY]:
            return True  # «soll gesagt haben: „…“»
        return len(between) <= OBJECT and not any(self._class(word) in "STLxrtg" for word, _, _ in verbs)

    def _holds(self, place: int) -> bool:
        """Whether a few words in marks are inside what was said: «never said that the town is “dead”»."""
        between = self.before[place + 1 :]
        if self.kind is not Kind.FRAGMENT or not 0 < len(between) <= CONTENT:
            return False
        classes = [self._class(word) for word, _, _ in between]
        if ";" in self.chunks.text[self.before[place][2] : self.start]:
            return False  # «wollte sich nicht äußern; man habe “…”»
        opened = classes[0] == "t" or any(word in self.pack.reported_mood for word, _, _ in between)
        return opened and not any(code in "STLrg" for code in classes)

    def _closes(self) -> bool:
        """Whether the reporting word is after the marks and closes the clause, as in German and Turkish."""
        if self.cue is None or self.cue.start < self.start:
            return False
        between = self.chunks.text[self.end : self.cue.start]
        if not (self.pack.verb_second or self.pack.verb_final):
            whole = self.chunks.text[self.end - 2 : self.end - 1] in (",", "!", "?")
            return between in (" ", "\u00a0") and not whole  # «Ha a miniszter „nemet” mond»
        return not CLAUSE_END.search(between) and len(between) < 25

    def _has_colon(self) -> bool:
        return self.gap.rstrip().endswith(":")

    def _led(self) -> governing.Before:
        """The words before the marks, as what governs their clause is read from them."""
        words = tuple(word for word, _, _ in self.before)
        parted = tuple(self._break(place, place + 1) for place in range(len(words) - 1))
        return governing.Before(words, tuple(map(self._class, words)), (*parted, False), self._has_colon())
