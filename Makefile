# `make report` and `make test` build .venv by themselves: only make and Python 3.11 or newer are needed.

VENV := .venv
BIN := $(VENV)/bin
PYTHON ?=
# Worksteal hands out neighbouring tests together: they share what is costly to make.
PYTEST_ARGS ?= -n auto --dist worksteal

# Written when the environment is built; warm runs find them fresh and start at once.
BUILT := $(VENV)/.built
RUNTIME := $(VENV)/.runtime
DEV := $(VENV)/.dev
PINS := pyproject.toml constraints.txt
PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help report test check format notebook constraints clean clean-all rebuild

help:
	@echo "make report       read data/disclosures and write the annual comparison to reports/"
	@echo "make test         everything: static checks, then the whole test suite"
	@echo "make check        static checks only: ruff, mypy, import-linter"
	@echo "make format       let ruff format the code and mend what it can"
	@echo "make notebook     open JupyterLab on notebooks/"
	@echo "make constraints  renew the pinned versions in constraints.txt"
	@echo "make clean        remove what was built; make clean-all removes .venv as well"

report: $(RUNTIME)
	$(BIN)/budget-analytics ingest data/disclosures --panel data/panel
	$(BIN)/budget-analytics report --panel data/panel --output reports

test: check
	$(BIN)/python -m pytest $(PYTEST_ARGS)

check: $(DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(DEV)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

notebook: $(RUNTIME)
	$(BIN)/jupyter lab notebooks

clean:
	rm -rf data/panel data/published build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	test ! -d reports || find reports -mindepth 1 -maxdepth 1 ! -name README.md ! -name sample -exec rm -rf {} +
	find analytics tests -name __pycache__ -type d -prune -exec rm -rf {} +

clean-all: clean
	rm -rf $(VENV)

# --- the environment ------------------------------------------------------------------------

# An environment is bound to its folder and its interpreter. Where the project was copied or moved,
# or the interpreter is gone, it is built anew.
ifneq ($(shell test -x $(BIN)/python && cat $(BUILT) 2>/dev/null),$(CURDIR))
$(BUILT): rebuild
endif

# Python 3.11 to 3.13 is what the pins are tested with; a newer one is taken only if it is alone.
$(BUILT):
	@found=; bare=; \
	for range in '(3, 11) <= v <= (3, 13)' '(3, 13) < v'; do \
	  for python in $(PYTHON) $(if $(PYTHON),,python3 python3.13 python3.12 python3.11 python3.14 python); do \
	    "$$python" -c "import sys; v = sys.version_info[:2]; sys.exit(not ($$range))" 2>/dev/null || continue; \
	    if "$$python" -c 'import ensurepip, venv' 2>/dev/null; then found=$$python; break 2; fi; \
	    bare=$$python; \
	  done; \
	done; \
	if [ -z "$$found" ] && [ -n "$$bare" ]; then \
	  echo "$$bare cannot build environments: its venv module is incomplete."; \
	  echo "On Debian and Ubuntu: apt-get install python3-venv, then run make again."; \
	  exit 1; \
	elif [ -z "$$found" ]; then \
	  echo "No Python 3.11, 3.12 or 3.13 was found. Install one, or name it: make PYTHON=/path/to/python"; \
	  exit 1; \
	fi; \
	echo "Building $(VENV) with $$("$$found" --version); the first time takes a minute or two"; \
	"$$found" -m venv --clear $(VENV)
	@$(PIP_INSTALL) hatchling editables
	@echo "$(CURDIR)" > $@

# The build backend is installed above with its pins, so that nothing unpinned enters through the build.
$(RUNTIME): $(BUILT) $(PINS)
	@$(PIP_INSTALL) --no-build-isolation -e .
	@touch $@

$(DEV): $(BUILT) $(PINS)
	@$(PIP_INSTALL) --no-build-isolation -e ".[dev,ocr]"
	@touch $(RUNTIME) $@

# Resolve everything anew on the running Python; run it with 3.11, the oldest one, whose releases
# exist for the newer ones as well. An entry is a name and a version, never an address.
constraints: $(BUILT)
	rm -rf $(VENV)/renew
	$(BIN)/python -m venv $(VENV)/renew
	$(VENV)/renew/bin/python -m pip install --quiet --disable-pip-version-check hatchling editables
	$(VENV)/renew/bin/python -m pip install --quiet --disable-pip-version-check -e ".[dev,ocr]"
	@sed -n '/^#/p' constraints.txt > $(VENV)/renew/constraints.txt
	$(VENV)/renew/bin/python -m pip freeze --exclude-editable >> $(VENV)/renew/constraints.txt
	mv $(VENV)/renew/constraints.txt constraints.txt
	rm -rf $(VENV)/renew
