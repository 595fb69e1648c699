# Needs Python 3.11 or newer and make; everything else is installed below .venv.
PYTHON ?= python3
BIN := .venv/bin
# Where this is set every process compiles the whole product again before it starts.
unexport PYTHONDONTWRITEBYTECODE
.DEFAULT_GOAL := help
.PHONY: help setup demo test check browser model pictures chaos bench

help: ## List what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/'

.venv/.ready: requirements/run.txt requirements/train.txt requirements/dev.txt pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt -r requirements/train.txt -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

setup: .venv/.ready ## Create .venv with everything, pinned and hashed

demo: setup ## Run the product with an invented municipality
	$(BIN)/avvik demo

check: setup ## Lint, format, types and import contracts; reports all, then fails if any did
	@failed=0; \
	for step in "ruff check" "ruff format --check" "mypy" "lint-imports"; do \
	  echo "== $$step"; case "$$step" in ruff*) args=". ";; *) args="";; esac; \
	  $(BIN)/$$step $$args || failed=1; \
	done; exit $$failed

browser: ## Find a Chromium for the tests, or install Debian's where that may be done
	$(PYTHON) -m tests.browser.find_chromium

test: check browser ## Everything: check, then every test with real PostgreSQL, NATS and Chromium
	$(BIN)/python -m pytest -n 2 --dist loadfile

model: setup ## Learn the shipped classifier anew from its examples
	$(BIN)/python -m services.training.make_shipped

pictures: setup ## Draw the README's pictures from the demo
	$(BIN)/python -m tests.browser.draw_pictures

chaos: setup ## Kill processes at random while reports come in; prints one JSON line last
	$(BIN)/python -m benchmarks.chaos

bench: setup ## Measure the whole way against a bare pipeline; prints one JSON line last
	$(BIN)/python -m benchmarks.bench
