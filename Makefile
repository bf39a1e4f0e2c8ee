# The commands that README.md names. What each expands to is there, too.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes

.PHONY: run test test-small test-grown-up check audit lock clean
.DEFAULT_GOAL := help

help:
	@echo "make run    install and start Twosource (web, worker, beat) on SQLite and a broker of files"
	@echo "make test   install what tests need and run all that can run on this machine"
	@echo "make check  lint, types, import contracts, complete migrations"
	@echo "make audit  ask the advisory service whether a locked library has a known hole (needs the network)"
	@echo "make lock   compile config/requirements/*.in into hash-locked requirements"

$(VENV)/.run: requirements.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "installing requirements.txt (a minute or two the first time)"
	@$(PIP) -r requirements.txt
	@touch $@

$(VENV)/.test: $(VENV)/.run config/requirements/test.txt
	@echo "installing what tests need"
	@$(PIP) -r config/requirements/test.txt
	@touch $@

run: $(VENV)/.run
	@exec $(BIN)/python manage.py up $(ARGS)

test: test-small test-grown-up

# The two set-ups share nothing, so that `make -j2 test` does them side by side.
test-small: $(VENV)/.test
	$(BIN)/python -m pytest $(ARGS)

test-grown-up: $(VENV)/.test
	$(BIN)/python -m tests.grown_up $(ARGS)

check: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy claims verification config manage.py
	$(BIN)/lint-imports
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python manage.py check --fail-level WARNING

audit: $(VENV)/.test
	@echo "asking the advisory service of pypi.org about what requirements.txt locks (needs the network)"
	@$(BIN)/python -m tests.audit

lock:
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile -q --generate-hashes --universal --python-version 3.11 --no-emit-index-url \
		--custom-compile-command "make lock" config/requirements/base.in -o requirements.txt
	$(BIN)/uv pip compile -q --generate-hashes --universal --python-version 3.11 --no-emit-index-url \
		--custom-compile-command "make lock" config/requirements/test.in -o config/requirements/test.txt

clean:
	rm -rf $(VENV) .data
