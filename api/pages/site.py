"""Every page, joined: importing this registers them all on `frame.blueprint`."""

from api.pages import articles, browse, compare, folders, quote, save, saved, search, snapshot
from api.pages.frame import blueprint, problem_page, wants_page

__all__ = [
    "articles",
    "blueprint",
    "browse",
    "compare",
    "folders",
    "problem_page",
    "quote",
    "save",
    "saved",
    "search",
    "snapshot",
    "wants_page",
]
