# Warta. `make` alone lists what there is.
VENV := .venv
BIN := $(VENV)/bin
# The system's Python where it is new enough: it was built with optimisation, which one from pyenv often was not.
PYTHON ?= $(shell /usr/bin/python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo /usr/bin/python3 || echo python3)
NAME ?= Nusa Pagi
BIND ?= 127.0.0.1:8000
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PYTHONDONTWRITEBYTECODE := # the tests start Warta hundreds of times: what was compiled once is kept

# On PostgreSQL `make test` leaves out what asks the database nothing, and screens; `make test-thorough` runs all.
NEWSROOM_SCREENS := article_screen audit doors fronts_screens matrix photo_before photo_metadata photo_screen photo_words photo_zoo policies rules_screens sharing signing_in thin agents photo_rights lying_forms prepublish preview home
DELIVERY_ALONE := article budget caches descriptions errors files headers inline making parts purge schemas segments shelf shortpath surrogates turns words hub indexnow lite api_fuzz
ON_POSTGRES := tests $(foreach part,browser ops house lexicon ingest config feeds press/test_pictures_made.py journeys/test_payloads.py journeys/test_valid.py journeys/test_at_any_size.py $(DELIVERY_ALONE:%=delivery/test_%.py),--ignore tests/$(part)) $(foreach part,$(NEWSROOM_SCREENS),--ignore tests/newsroom/test_$(part).py)

.DEFAULT_GOAL := help
.PHONY: help setup run demo test test-quick test-thorough test-browser check fix words bench bench-page faults lock clean

help: ## List what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(VENV)/.runtime ## Make the environment in .venv, with the command `warta`

run: setup ## Serve the demo paper at http://127.0.0.1:8000 (newsroom under /redaksi/)
	@$(BIN)/warta init
	@WARTA_NAME="$${WARTA_NAME:-$(NAME)}" $(BIN)/warta demo --if-empty --articles 120
	@WARTA_NAME="$${WARTA_NAME:-$(NAME)}" WARTA_SECOND_FACTOR="$${WARTA_SECOND_FACTOR:-optional}" $(BIN)/warta serve --bind $(BIND)

demo: setup ## Fill the paper in WARTA_HOME with the invented one, whole
	@WARTA_NAME="$${WARTA_NAME:-$(NAME)}" $(BIN)/warta demo

test: ## Run all tests: SQLite, PostgreSQL, browser
	@$(MAKE) --no-print-directory -j 2 $(VENV)/.dev $(VENV)/.system
	@echo "format, lint, types, imports and migrations, beside the tests on SQLite"
	@$(MAKE) --no-print-directory check > build/check.txt 2>&1 & beside=$$!; \
	  $(BIN)/python -m pytest -n 2 tests --ignore tests/browser --ignore tests/ops --interleavings 80; failed=$$?; \
	  wait $$beside || failed=$$?; cat build/check.txt; exit $$failed
	@echo "the servers of ops/, beside the tests on PostgreSQL"
	@$(BIN)/python -m pytest tests/ops > build/ops.txt 2>&1 & beside=$$!; \
	  $(BIN)/python -m tests.postgres $(BIN)/python -m pytest -n 2 $(ON_POSTGRES) --interleavings 40; failed=$$?; \
	  wait $$beside || failed=$$?; cat build/ops.txt; exit $$failed
	@echo "the browser, in two runs side by side"
	@$(BIN)/python -m pytest -m "not invented" tests/browser > build/beside.txt 2>&1 & beside=$$!; \
	  $(BIN)/python -m pytest -m invented tests/browser; failed=$$?; \
	  wait $$beside || failed=$$?; cat build/beside.txt; exit $$failed

test-thorough: $(VENV)/.dev $(VENV)/.system ## Run the tests that take long, which `make test` leaves out
	$(BIN)/python -m pytest --thorough -m thorough tests --ignore tests/browser
	$(BIN)/python -m pytest --thorough -m thorough tests/browser
	$(BIN)/python -m tests.postgres $(BIN)/python -m pytest -n 2 tests --ignore tests/browser --ignore tests/ops --ignore tests/house --ignore tests/lexicon --ignore tests/ingest --ignore tests/config

test-quick: $(VENV)/.dev ## Run the tests on SQLite, without a browser and the servers of ops/
	$(BIN)/python -m pytest -n 2 tests --ignore tests/browser --ignore tests/ops

test-browser: $(VENV)/.dev $(VENV)/.system ## Run the browser tests
	$(BIN)/python -m pytest tests/browser

check: $(VENV)/.dev ## Check format, lint, types, imports and migrations
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	WARTA_HOME=build/check $(BIN)/mypy
	WARTA_HOME=build/check DJANGO_SETTINGS_MODULE=warta.config.settings.newsroom $(BIN)/python -m warta.config.migrations
	$(BIN)/lint-imports --no-cache > build/imports.txt || (cat build/imports.txt; exit 1)

fix: $(VENV)/.dev ## Format, and mend what lint can mend
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

words: $(VENV)/.dev ## Collect new words for translation (needs gettext)
	cd src/warta/newsroom && ../../../$(BIN)/django-admin makemessages --locale id --no-obsolete --add-location file
	cd src/warta/delivery && ../../../$(BIN)/django-admin makemessages --locale id --no-obsolete --add-location file

faults: $(VENV)/.dev $(VENV)/.system ## Break what a paper stands on, each fault in turn, and measure readers (30 minutes)
	@failed=; for fault in cold crash reload overload slow disk database schedule guess travel archive counting; do \
	  $(BIN)/python -m faults.$$fault || failed="$$failed $$fault"; done; \
	  test -z "$$failed" || { echo "failed:$$failed"; exit 1; }

bench: $(VENV)/.dev ## Measure pages beside nginx serving the same bytes, and how news travels
	@bench/need
	$(BIN)/python -m bench.pages
	$(BIN)/python -m faults.travel
	$(BIN)/python -m faults.locked

bench-page: $(VENV)/.dev $(VENV)/.system ## Let Lighthouse judge a page of every kind (needs npm)
	$(BIN)/python -m bench.lighthouse

lock: ## Pin requirements anew (needs pip-tools)
	for list in runtime opensearch parquet dev; do pip-compile --quiet --generate-hashes --no-emit-index-url --no-emit-find-links \
	  --no-emit-trusted-host --strip-extras --no-annotate --no-header --allow-unsafe -o requirements/$$list.txt requirements/$$list.in; done

clean: ## Remove what can be made again; a paper's folder stays
	rm -rf $(VENV) build .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(VENV)/.runtime: requirements/runtime.txt pyproject.toml $(wildcard src/warta/*/locale/*/LC_MESSAGES/*.po)
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || ops/need-venv "$(PYTHON)" $(VENV)
	@echo "Installing what Warta needs…"
	@$(BIN)/pip install --quiet --require-hashes -r requirements/runtime.txt
	@$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable . 
	@for po in src/warta/*/locale/*/LC_MESSAGES/*.po; do \
	  $(BIN)/pybabel --quiet compile --input-file "$$po" --output-file "$${po%.po}.mo"; done
	@touch $@

$(VENV)/.dev: $(VENV)/.runtime requirements/dev.txt
	@echo "Installing what tests and checks need…"
	@$(BIN)/pip install --quiet --no-compile --require-hashes -r requirements/dev.txt
	@mkdir -p build && touch $@

$(VENV)/.system:
	@ops/need-system
	@mkdir -p $(VENV) && touch $@
