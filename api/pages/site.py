"""Every page, joined: importing this registers them all on `frame.blueprint`."""

from api.pages import articles, browse, compare, quote, save, saved, search, snapshot
from api.pages.frame import blueprint, problem_page, wants_page

__all__ = [
    "articles",
    "blueprint",
    "browse",
    "compare",
    "problem_page",
    "quote",
    "save",
    "saved",
    "search",
    "snapshot",
    "wants_page",
]
