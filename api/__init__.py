"""The three faces of an archive: JSON API, web pages, terminal. None of them holds a rule of its own about quotes.

app          the Flask application: the parts below, joined
current      the archive, settings and job queue that it serves
quotes snapshots jobs health   the operations under /v1
memento      time travel: TimeGate, mementos, TimeMaps, the CDX server (`urims` names their URLs, `cdx` their rows)
web          pages for people, with `templates/`, `static/` and `trail`, which says why in words
docs         /openapi.json and /docs
parameters   what may be asked · schemas the shapes of the answers · answers the answers · links every URL in them
guard        who may ask, and how much · errors problems and their statuses · replies answers as HTTP carries them
cli          the verbs and exit codes · documents what they print as JSON · terminal what they say
server       waitress around the application
"""
