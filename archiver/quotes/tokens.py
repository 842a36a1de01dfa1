"""What a text is read as: words and signs, each with its class and its place."""

from __future__ import annotations


class Token:
    """A word or sign: its class, its offsets, what it prints in lower case, and whether it begins with a capital."""

    __slots__ = ("capital", "code", "end", "low", "start")

    def __init__(self, code: str, start: int, end: int, low: str, capital: bool = False) -> None:
        self.code, self.start, self.end, self.low, self.capital = code, start, end, low, capital

    def classed(self, code: str) -> Token:
        """The same of another class."""
        return Token(code, self.start, self.end, self.low, self.capital)

    def reaching(self, end: int, low: str) -> Token:
        """The same with more or fewer letters."""
        return Token(self.code, self.start, end, low, self.capital)


def codes_of(found: list[Token]) -> str:
    """The classes of tokens, as a string for patterns."""
    return "".join([token.code for token in found])
