# What a person runs. `make` alone lists the targets. Every target makes what it needs first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
EVALUATION ?=
SITE_PORT ?= 8099
INDEX ?= $(ONRECORD_TEST_INDEX)

.DEFAULT_GOAL := help
# Three for two processors: a test that waits for a program of its own leaves one free.
WORKERS ?= $(shell echo $$(( ($$(nproc) * 3 + 1) / 2 )))

# `make install COMPILE=no` (or run) leaves the quote finder as it is: plain Python.
COMPILE ?= yes
# The lists name everything, with digests; what pip would compile on one processor is compiled on all.
PINNED = $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-compile --require-hashes -r
ALL_BYTECODE = $(BIN)/python -m compileall -q -j 0 -x '/(mypy|mypyc)/' $(VENV)/lib  # those two are machine code
PLAIN := quotes are found by plain Python: the same results in about twice the time

.PHONY: help install bytecode compile develop run test node types tests pages quality bench coverage fuzz torture tools docs lock

help:  ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

install: $(VENV)/installed bytecode  ## make the virtual environment from exact pinned versions; leaves .venv/bin/onrecord
	@if $(BIN)/python -m archiver.compiled --check; then :; \
	  elif [ "$(COMPILE)" = no ]; then echo "not compiled: $(PLAIN)"; \
	  elif ! command -v cc >/dev/null 2>&1; then echo "not compiled (no C compiler): $(PLAIN)"; \
	  else echo "compiling the quote finder to machine code, once: about three minutes; COMPILE=no skips this" \
	    && $(MAKE) --no-print-directory -s compile || echo "not compiled (see above): $(PLAIN)"; fi

compile: $(VENV)/installed  ## the steps of finding quotes as machine code (needs a C compiler); the results are the same
	@$(PINNED) requirements-compile.txt
	@$(BIN)/python -m archiver.compiled

develop: $(VENV)/developed bytecode  ## the same, with what the tests need

# Written here, so that every start is quick even where the environment stops Python from writing it.
bytecode: $(VENV)/installed
	@$(BIN)/python -m compileall -q archiver api mappings

run: install  ## capture the sample site into .sample/archive, start the API, print what to try
	@$(BIN)/python -m tests.site.run --site-port $(SITE_PORT)

test: develop  ## lints, types, import rules and all tests; INDEX=elasticsearch: with every archive on Elasticsearch
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	@$(MAKE) --no-print-directory --jobs=3 node types tests

node: develop  # beside the rest: it waits for the network
	@-$(BIN)/python -m tests.node_tools

types: develop
	$(BIN)/mypy
	$(BIN)/lint-imports

tests: develop
	ONRECORD_TEST_INDEX=$(INDEX) $(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup

pages: develop  ## every page in a real browser: accessibility, validators, dead links, widths
	ONRECORD_TEST_PAGES=all $(BIN)/python -m pytest tests/test_desk.py tests/test_screen_reader.py -q

quality: develop  ## quote and date figures on our own gold; with EVALUATION=<folder> on the shared data too
	$(BIN)/python -m tests.quality $(EVALUATION)
	$(BIN)/python -m tests.checks_quality
	$(BIN)/python -m tests.pages_quality $(EVALUATION)

bench: develop  ## speed as ratios inside one run
	$(BIN)/python -m tests.bench $(EVALUATION)

fuzz: develop  ## thousands of requests within and beyond the API's description
	ONRECORD_TEST_CASES=2400 $(BIN)/python -m pytest tests/test_api_fuzz.py -q

coverage: develop  ## which lines the tests run (in one process: a child's lines do not count)
	$(BIN)/coverage run -m pytest -n 0 -q
	$(BIN)/coverage report --skip-covered

torture: develop  ## the full fault harness: kills, full disks and failing disks at every point
	$(BIN)/python -m tests.torture
	$(BIN)/python -m tests.hostile.pages

tools:  ## other programs that tests check our files with, in an environment of their own: .tools
	$(PYTHON) -m venv .tools
	.tools/bin/python -m pip install --quiet pywb==2.10.0 cdxj-indexer==1.5.0 wacz==0.6.0 warcio==1.8.1 fastwarc==2.0.1 \
	  memento-client==0.6.1 setuptools==69.5.1 pandas==3.1.1

docs: develop  ## regenerate the README's settings and API examples
	$(BIN)/python -m tests.examples
	$(BIN)/python -m tests.columns_table

lock: develop  ## resolve pyproject.toml into requirements*.txt
	$(BIN)/python -m pip install --quiet uv==0.13.9
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
	  --no-header pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
	  --no-header --extra dev pyproject.toml -o requirements-dev.txt
	$(BIN)/python -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["project"]["optional-dependencies"]["compile"], sep="\n")' \
	  | $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-emit-find-links --no-header --no-annotate - -o requirements-compile.txt

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "On Record needs Python 3.11 or newer; name one: make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: requirements.txt pyproject.toml | $(VENV)/bin/python
	@echo "installing the pinned packages into $(VENV) (a minute or two)"
	@$(PINNED) requirements.txt
	@$(ALL_BYTECODE)
	@echo "installing onrecord into $(VENV)"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

$(VENV)/developed: requirements-dev.txt $(VENV)/installed
	@$(PINNED) requirements-dev.txt
	@$(ALL_BYTECODE)
	@touch $@
