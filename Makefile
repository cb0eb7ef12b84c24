# Every command does its own set-up; the second time that takes a moment.
# Another Python: make demo PYTHON=python3.12

PYTHON ?= python3
BIN := .venv/bin
# Arguments for the demo, for pytest and for the benchmarks, e.g. make test TESTS="tests/catalogue -k review"
DEMO ?=
TESTS ?=
WORKERS ?= auto

.DEFAULT_GOAL := help
.PHONY: help demo test check format messages bench soak vendor map lock setup setup-dev

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup:
	@$(PYTHON) scripts/bootstrap.py

setup-dev:
	@$(PYTHON) scripts/bootstrap.py --dev

demo: setup ## set up, load the demo catalogue and serve it on http://localhost:8000 (HUB_PORT); Ctrl-C ends
	@exec $(BIN)/hub demo $(DEMO)

test: setup-dev ## set up and run the whole test suite (TESTS="…" for pytest's own arguments)
	@$(BIN)/python -m pytest -n $(WORKERS) --maxprocesses=4 --dist=worksteal $(TESTS)

check: setup-dev ## lint, format, types, import contracts, templates
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/djlint hub/templates --lint --quiet

format: setup-dev ## put the code into the agreed form
	$(BIN)/ruff check --fix --quiet || true
	$(BIN)/ruff format

messages: setup-dev ## collect what people read into the template and the catalogues
	@$(BIN)/python scripts/messages.py

bench: setup-dev ## every benchmark in its small size
	@set -e; for file in benchmarks/*.py; do \
	  grep -q -e '--small' $$file || continue; \
	  name=$$(basename $$file .py); echo "== benchmarks.$$name"; $(BIN)/python -m benchmarks.$$name --small; \
	done

soak: setup-dev ## the crash, race and load campaigns, whole
	@$(BIN)/python -m benchmarks.soak

vendor: ## maintainers: fetch the front-end files anew and write their checksums (needs Node)
	@$(PYTHON) scripts/vendor.py

map: setup-dev ## maintainers: draw the land of the insights page anew, and where each country stands (needs Node)
	@$(BIN)/python scripts/map.py

lock: ## maintainers: write requirements/*.txt from pyproject.toml (needs uv)
	@$(PYTHON) scripts/lock.py $(LOCK)
