# Everything a fresh machine with Python 3.11, make and a package index needs.
PYTHON ?= python3.11
BIN := .venv/bin

.PHONY: demo test setup system check docs lock evaluate clean release-check audit

setup: .venv/.done

.venv/.done: pyproject.toml requirements.lock
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch .venv/.done

demo: setup  ## read the shipped samples into a ledger, print contacts, a comparison and a claim check
	@sh examples/demo.sh $(BIN)/communique

system:  ## browser and database server for the tests that run them
	@sh .ci/system.sh

test: setup system check  ## everything that must hold
	$(BIN)/python -m pytest -n 2

check: setup
	$(BIN)/ruff check src tests benchmarks
	$(BIN)/mypy

docs: setup
	$(BIN)/sphinx-build -q -W -b html docs docs/_build/html

release-check: setup  ## the wheel: built twice the same, installed in an empty environment, its parts and licences
	@sh .ci/release-check.sh $(BIN)

audit: setup  ## known faults of the packages in the lock; needs the index's data on them
	$(BIN)/pip-audit --requirement requirements.lock --no-deps --disable-pip

lock:
	$(BIN)/pip-compile --quiet --extra dev --extra web --extra scale --extra export --extra postgres --strip-extras --allow-unsafe --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-header --output-file requirements.lock pyproject.toml

evaluate: setup  ## the figures of README and docs, where ../shared is there
	$(BIN)/communique evaluate --documents ../shared/gold/dev_docs.jsonl ../shared/gold/dev.jsonl

clean:
	rm -rf .venv build dist docs/_build
