"""A small news site of our own: invented outlets, people and stories, with what real pages have.

`manifest.json` lists every address, what it answers and which phenomena it holds; `expected/` says for each article how
a careful reader would answer: who said what, and on which day. `serve.py` answers as the outlets would.
"""
