"""The three faces of an archive: JSON API, web pages, terminal. None of them contains rules about quotes.

app                    the Flask application: the parts below, joined
current                the archive, settings and job queue that it serves
quotes, snapshots      operations under /v1: search and read quotes, snapshots
citing, negotiation    citations; which of several representations a client wants
proofs                 operations under /v1: the result of verifying a quote or a snapshot
checks, statements     operations under /v1: claims beside quotes; the same words elsewhere and later
check_answers          their answers as plain JSON values
audit                  operations under /v1: the audit log
speakers               operations under /v1: one person across spellings; two joined, one separated
decisions              operations under /v1: review, withdraw, restore, release; what was decided
samples                operations under /v1: random samples and what their reviews say
desk                   operations under /v1: folders and saved searches
imports                operations under /v1: files that people import
jobs, health           operations under /v1: captures that were requested, the status of each component
memento, cdx           time travel: TimeGate, mementos, TimeMaps; the CDX server
mementos               links from one memento to the others
pages                  pages for people, with the folders templates, static and strings
docs                   /openapi.json and /docs
operations, routes     how operations are declared and described; how plain views are described
examples               examples for the description
parameters, schemas    the parameters of all operations; the shapes of their answers
fields, durations      what a parameter may be; lengths of time
queries                from parameters to the search that they ask for
answers, replies       answers as plain JSON values; answers as HTTP carries them
feeds                  every search as an Atom or JSON feed
manners                robots.txt, sitemap, security.txt, favicon
exports, suffixes      result sets as CSV, JSON lines, Parquet, XLSX; lists under an address with a suffix
compression            text answers, compressed
links, timestamps      every URL of the answers; times as web archives and HTTP write them
access, keys, rates    who sends a request and what they may do; keys; rate limits
sampling               samples of a search as all faces draw, walk and cite them
last_used, locked      when keys were used; small files that several processes change
sessions               people who signed in with a key
guard, cursors         what a request may contain; cursors, signed
errors                 problems and their statuses
logs                   what the server logs
cli, verbs             the terminal: the list of verbs; each of them
run, options           one run of a verb with its exit code; the settings as options
terminal, console      what the verbs say, a package; results, messages and progress bars as a terminal shows them
documents              what the verbs print as JSON
server, connections    waitress around the application; deadlines and caps for its connections
"""
