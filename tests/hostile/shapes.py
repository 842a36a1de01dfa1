"""Marks and names without sense, which a text repeats many times: reading them takes time in line with the text."""

from __future__ import annotations

SHAPES = {
    "straight": '"' * 10,
    "opening": "“" * 10,
    "words": "“a” ",
    "unclosed": "“a ",
    "nested": "“a ‘b ",
    "single": "'a' ",
    "guillemets": "«a» »b« ",
    "paragraphs": "“So it goes,” she said.\n",
    "names": "Ada Marlow said. ",
    "letters": "x" * 10,
}
