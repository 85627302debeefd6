# Samløp. Needs Python ≥ 3.11 and make; README.md tells what each command does.

PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
export SAMLOP_DEMO ?= 1
export PYTHONUNBUFFERED := 1

# Each stamp holds until its list of requirements changes, so that a second run starts at once.
TOOLS := $(VENV)/.tools
RUN := $(VENV)/.run
DEV := $(VENV)/.dev

# uv is quick; where only pip is set up to reach a package mirror, pip does the same from the same locked hashes.
define install
$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes $(1) \
	|| $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes $(1)
endef

.PHONY: run test tests trials bench lint style types prepare lock clean

run: $(RUN)
	@$(BIN)/python -m samlop.site.static_build
	@exec $(BIN)/samlop run --port $(PORT)

# The types are checked while the tests run: one tells its few lines at its end, and either one failing fails the whole.
test: $(DEV)
	@bash .ci/chromium
	@$(BIN)/python -m samlop.site.static_build --dev
	@$(MAKE) --no-print-directory style
	@$(MAKE) --no-print-directory --jobs 2 types tests

# Bad days on a whole installation: killed, full disk, database away (docs/bad-days.md). Minutes, not for every day.
trials: $(DEV)
	@$(BIN)/python -m samlop.site.static_build --dev
	$(BIN)/python -m pytest -m trial

lint: style types

style: $(DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/djlint --quiet --lint src

types: $(DEV)
	$(BIN)/mypy

# Two workers; one that has nothing left takes half of what waits for the other (the slow ones, in a browser, lie together).
tests: $(DEV)
	$(BIN)/python -m pytest -n 2 --dist worksteal

bench: $(DEV)
	@$(BIN)/python -m samlop.site.static_build
	@$(BIN)/python -m bench

prepare: $(DEV)

$(TOOLS): requirements/tools.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Samløp trenger Python 3.11 eller nyere. Skriv for eksempel: make run PYTHON=python3.12" >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installerer det Samløp trenger i $(VENV) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/tools.txt
	@touch $@

$(RUN): $(TOOLS) requirements/run.txt pyproject.toml
	@$(call install,-r requirements/run.txt)
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --offline --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV): $(RUN) requirements/dev.txt
	@$(call install,-r requirements/dev.txt)
	@touch $@

# Renew the locked requirements after a change in pyproject.toml or requirements/*.in.
COMPILE := $(BIN)/uv pip compile --quiet --generate-hashes --universal --python-version 3.11 --no-header --no-annotate
lock: $(TOOLS)
	$(COMPILE) pyproject.toml --output-file requirements/run.txt
	$(COMPILE) pyproject.toml --group dev --constraints requirements/run.txt --output-file requirements/dev.txt
	$(COMPILE) requirements/tools.in --constraints requirements/dev.txt --output-file requirements/tools.txt
	$(COMPILE) --group node --output-file requirements/node.txt

clean:
	rm -rf $(VENV) node_modules src/samlop/site/static/vendor src/samlop/core/fonts .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
