# Targets: demo, test, check, docs, site, bench. Each makes what it needs: Python 3.11 or later and make are enough.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PEERS := $(VENV)/peers
MAPPING := ipums/international
EXTRACT := examples/census/persons.csv.gz
OUT := out/demo

.DEFAULT_GOAL := help
.PHONY: help demo test check format docs site bench clean

help:
	@echo "make demo    measure the example census, print its tables, say where the files are"
	@echo "make test    all tests"
	@echo "make check   ruff, mypy and the shipped mappings"
	@echo "make format  let ruff mend what it can"
	@echo "make docs    write what docs/ has from the program: indicators, rules, commands, what examples print"
	@echo "make site    build the manual from docs/ into out/site, to be read without a network"
	@echo "make bench   rows a second and memory beside the peers: whole runs, standard errors, each format, start-up"
	@echo "make clean   remove $(VENV), out and caches"

$(BIN)/python:
	@command -v $(PYTHON) >/dev/null || { echo "$(PYTHON) is not found: install Python 3.11 or later, or say which: make PYTHON=/path/to/python3.12"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "$(PYTHON) is older than 3.11: say which to use, make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "no venv module: on Debian and Ubuntu, apt install python3-venv"; exit 1; }

# Stamps, so that a second call installs nothing.
$(VENV)/.installed: pyproject.toml | $(BIN)/python
	@echo "installing harmonize into $(VENV) ..."
	@$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(VENV)/.installed-dev: pyproject.toml | $(BIN)/python
	@echo "installing harmonize and its test tools into $(VENV) ..."
	@$(BIN)/python -m pip install --quiet --editable '.[dev]'
	@touch $@ $(VENV)/.installed

# What the benchmark compares with; apart, so that harmonize is never measured or tested with it.
$(PEERS)/.installed: | $(BIN)/python
	@echo "installing ipumspy, pandas, pyreadstat and svy into $(PEERS) ..."
	@$(BIN)/python -m venv $(PEERS)
	@$(PEERS)/bin/python -m pip install --quiet ipumspy pandas pyarrow pyreadstat 'svy>=0.35,<0.36'
	@touch $@

demo: $(VENV)/.installed
	@echo "harmonize run $(MAPPING) $(EXTRACT) -o $(OUT)"
	@echo
	@$(BIN)/harmonize run $(MAPPING) $(EXTRACT) -o $(OUT)
	@echo
	@echo "Every number is a row of $(OUT)/estimates.csv (and .parquet); $(OUT)/methods.csv says in words"
	@echo "whom each one is about; $(OUT)/private/release_log.csv how many are suppressed, and by which rule (.. above);"
	@echo "$(OUT)/run.json what was read, left out and not measured."

test: $(VENV)/.installed-dev
	@$(BIN)/python -m pytest -q -n auto

check: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/harmonize check $$($(BIN)/harmonize mappings --ids)

format: $(VENV)/.installed-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: $(VENV)/.installed-dev
	$(BIN)/python -m harmonize.indicators.pages > docs/indicators.md.part
	@mv docs/indicators.md.part docs/indicators.md
	$(BIN)/python -m harmonize.lint.manual > docs/rules.md.part
	@mv docs/rules.md.part docs/rules.md
	$(BIN)/python -m harmonize.cli.pages docs/commands
	$(BIN)/python -m tools.manual.examples
	@$(MAKE) --no-print-directory site

site: $(VENV)/.installed-dev
	$(BIN)/python -m tools.manual.build out/site
	@echo "open out/site/index.html"

bench: $(VENV)/.installed-dev $(PEERS)/.installed
	$(BIN)/python benchmarks/whole.py --peers $(PEERS)/bin/python
	$(BIN)/python benchmarks/in_turns.py
	$(BIN)/python benchmarks/standard_errors.py --peers $(PEERS)/bin/python
	$(BIN)/python benchmarks/replicates.py
	$(BIN)/python benchmarks/formats.py --peers $(PEERS)/bin/python
	$(BIN)/python benchmarks/startup.py

clean:
	rm -rf $(VENV) out build dist benchmarks/data .mypy_cache .pytest_cache .ruff_cache .hypothesis
