# One word per chore. Each installs what it needs first, and costs nothing when nothing is missing.
# `make render ARGS="--quality draft"` passes ARGS on; `make render PYTHON=python3.12` chooses the Python.
python := .venv/bin/python

.PHONY: help render test check bench format golden letters install lock clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' Makefile

render: install ## every film, figure, table and card of the article, into out/
	@$(python) render.py build $(ARGS)

test: ## all tests (ARGS="tests/core -n0" for some); installs Chromium too
	@./install.sh browser
	@$(python) -m pytest $(ARGS)

check: install ## format, lint and types; changes nothing
	@$(python) -m ruff format --check .
	@$(python) -m ruff check .
	@$(python) -m mypy

bench: install ## how fast figures and films are made, next to stock Manim and to ffmpeg (ARGS=--brief for less of it)
	@$(python) -m bench.figures
	@$(python) -m bench.film $(ARGS)

format: install ## put the code in the form that check asks for
	@$(python) -m ruff format .
	@$(python) -m ruff check --fix .

golden: install ## accept how the article looks now
	@$(python) -m tests._golden

letters: install ## take the letters of edited Chinese words into the pages
	@$(python) -m pipeline.page_font

install: ## what every other word does first: Debian packages, then .venv
	@./install.sh

lock: install ## pin the packages anew (ARGS=--upgrade for newer ones)
	@.ci/lock $(ARGS)

clean: ## remove what was made: out/, media/ and the caches, not .venv
	@rm -rf out media .hypothesis .mypy_cache .pytest_cache .ruff_cache
