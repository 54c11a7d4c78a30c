# Two commands set everything up: `make run` and `make test`.
.PHONY: install run test lock audit
PYTHON ?= python3
VENV := .venv
export PIP_DISABLE_PIP_VERSION_CHECK = 1

install: $(VENV)/.installed

$(VENV)/.installed: requirements/run.txt requirements/dev.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Målspor needs Python 3.11 or newer: run make PYTHON=python3.11 …")'
	$(PYTHON) -m venv $(VENV)
	$(VENV)/bin/python -m pip install --quiet --require-hashes -r requirements/run.txt -r requirements/dev.txt
	$(VENV)/bin/python -m pip install --quiet --no-deps --no-build-isolation -e .
	touch $@

run: install
	$(VENV)/bin/maalspor run demo

test: install
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports
	$(VENV)/bin/python -m pytest

lock:
	cd requirements && pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-emit-index-url --no-emit-find-links --no-emit-trusted-host -o run.txt run.in
	cd requirements && pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-emit-index-url --no-emit-find-links --no-emit-trusted-host -o dev.txt dev.in
