"""Every page, joined: importing this registers them all on `frame.blueprint`."""

from api.pages import compare, quote, saved, search, snapshot
from api.pages.frame import blueprint, problem_page, wants_page

__all__ = ["blueprint", "compare", "problem_page", "quote", "saved", "search", "snapshot", "wants_page"]
