# Every target creates what it needs: the virtual environment is made on first use.
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
FIND_PYTHON := for p in python3.14 python3.13 python3.12 python3.11 python3 python; do \
	"$$p" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { echo "$$p"; break; }; done

# Compiled modules are kept, whatever the environment says: each process of the tests would compile them anew.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: report test all-tests weigh proofs mutants check bench docs setup clean

report: $(STAMP)
	@$(BIN)/forecast run configs/bac_ninh.yaml

# What a change usually breaks; the heavy tests beside them are those of `make all-tests`.
test: $(STAMP)
	$(BIN)/python -m pytest -q -n 2 --dist loadscope -m "not slow" --light

all-tests: $(STAMP)
	$(BIN)/python -m pytest -q -n 2 --dist loadscope -m "not slow"

# Which tests are light is recorded in tests/costs.txt.
weigh: $(STAMP)
	$(BIN)/python -m pytest -q -n 2 --dist loadscope -m "not slow" --weigh
	$(BIN)/python -m pytest -q -n 2 --dist loadscope -m "not slow" --weigh --light

# Its last lines go into docs/benchmarks.md with the date.
proofs: $(STAMP)
	@bash -c 'time $(BIN)/python -m pytest -q -n 2 --durations 15'
	@date +%F; git rev-parse --short HEAD

# Mistakes planted in the rooms of numbers, and 300 made by rule: a fast test must fail for each.
mutants: $(STAMP)
	$(BIN)/python -m tests.mutants --planted --take 300

check: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(STAMP)
	$(BIN)/pip install --quiet -r requirements/peers.txt
	for b in benchmarks/*.py; do $(BIN)/python $$b || exit 1; done

docs: $(STAMP)
	$(BIN)/python -m sphinx -q -W --keep-going docs build/docs
	@echo build/docs/index.html

setup: $(STAMP)

$(STAMP): pyproject.toml setup.py requirements/lock.txt forecast/models/sarima/_kernel.c
	@python=$${PYTHON:-$$($(FIND_PYTHON))}; \
	if [ -z "$$python" ]; then echo "Python 3.11 or newer with its venv module is needed; name one with: make PYTHON=/path/to/python3" >&2; exit 2; fi; \
	[ -x $(BIN)/python ] || "$$python" -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --no-compile -r requirements/lock.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

clean:
	rm -rf $(VENV) build *.egg-info
