# Every target sets itself up: it needs python3 (3.11 or later, with venv), pip, make and git, and nothing installed before.
#
#   make demo    install the package, run the example
#   make test    tests, doctests, and the examples of the README and the docs
#   make check   format, lint, types, layers, dependencies, pages; each is a target too, and make -k check runs on
#   make bench   every benchmark, beside other engines
#   make docs    build the documentation into site/
#   make clean   remove what these targets made

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
CACHE := $(abspath $(VENV))/cache

# The two names are what older and newer versions of pip call the pins for the build itself.
export PIP_CONSTRAINT := $(abspath constraints.txt)
export PIP_BUILD_CONSTRAINT := $(abspath constraints.txt)
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# What tools remember goes into the virtual environment, so that the tree stays clean.
export PYTHONPYCACHEPREFIX := $(CACHE)/pycache
export MYPY_CACHE_DIR := $(CACHE)/mypy
export RUFF_CACHE_DIR := $(CACHE)/ruff
export NO_MKDOCS_2_WARNING := 1

SETUP := pyproject.toml constraints.txt src/igm/_version.py

.DEFAULT_GOAL := help
.PHONY: help demo test check bench docs clean format lint types mypy basedpyright layers dependencies pages

help:
	@sed -n 's/^#   //p' Makefile

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "igm needs Python 3.11 or later; name one with: make PYTHON=/path/to/python3.11"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: $(SETUP) | $(BIN)/python
	$(BIN)/python -m pip install --quiet -c constraints.txt -e .
	@touch $@

$(VENV)/installed-dev: $(SETUP) | $(BIN)/python
	$(BIN)/python -m pip install --quiet -c constraints.txt -e '.[dev]'
	@touch $@ $(VENV)/installed

$(VENV)/installed-bench: $(SETUP) | $(BIN)/python
	$(BIN)/python -m pip install --quiet -c constraints.txt -e '.[bench]'
	@touch $@ $(VENV)/installed

demo: $(VENV)/installed
	$(BIN)/python examples/demo.py

# ARGS narrows down: make test ARGS="tests/scoring -x", make test ARGS="-m slow". One worker per core; examples of one page stay together.
test: $(VENV)/installed-dev
	$(BIN)/python -m pytest -n auto --dist loadfile $(ARGS)

check: format lint types layers dependencies pages

format: $(VENV)/installed-dev
	$(BIN)/ruff format --check .

lint: $(VENV)/installed-dev
	$(BIN)/ruff check .

types: mypy basedpyright

mypy: $(VENV)/installed-dev
	$(BIN)/mypy

basedpyright: $(VENV)/installed-dev
	$(BIN)/basedpyright --pythonpath $(BIN)/python

layers: $(VENV)/installed-dev
	$(BIN)/lint-imports --no-logo --cache-dir $(CACHE)/layers

dependencies: $(VENV)/installed-dev
	$(BIN)/deptry .

pages: $(VENV)/installed-dev
	$(BIN)/mkdocs build --strict --site-dir $(CACHE)/site

bench: $(VENV)/installed-bench
	@set -e; for file in $(wildcard benchmarks/[!_]*.py); do echo "== $$file"; $(BIN)/python $$file; done

docs: $(VENV)/installed-dev
	$(BIN)/mkdocs build --strict --site-dir site

clean:
	rm -rf .venv site build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
