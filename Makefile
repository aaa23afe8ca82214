# minori - `make help` lists what can be done. Needs nothing but Python 3.11 or newer (PYTHON=… to choose one).
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
DEMO ?= demo

# Loading runs in a child process; without byte code it would compile its imports anew every time.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help demo test check bench soak lock clean

help:  ## Say what can be done.
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## */  make \1\t/' | expand -t 16

$(READY): requirements.lock requirements-installer.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; say which: make PYTHON=python3.12 …"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "the venv module is missing; on Debian: apt-get install python3-venv"; exit 1; }
	@echo "installing what the lock file names, once …"
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements-installer.lock
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock \
		|| $(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	@touch $(READY)

demo: $(READY)  ## Make a sample company in ./demo, show today's list, and serve its web app.
	@$(BIN)/minori demo $(DEMO)
	@$(BIN)/minori serve -w $(DEMO) --sample

check: $(READY)  ## Style, types, and the arrows between the rooms.
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python tests/dependency_audit.py

test: $(READY) check  ## Everything but the long runs.
	@sh tests/system_parts.sh
	@$(BIN)/python -m pytest -n 2 --dist worksteal

soak: $(READY)  ## Long runs: the rules over many more random histories, the lake killed again and again.
	@sh tests/system_parts.sh
	@MINORI_EXAMPLES=100 $(BIN)/python -m pytest -n 2 tests/pipeline/test_rules.py
	@for i in 1 2 3 4 5 6 7 8; do $(BIN)/python -m pytest tests/lake/test_lake_kill.py tests/pipeline/test_erasing_kill.py || exit 1; done

bench: $(READY)  ## Speed against peers in the same run (SIZES="1e6 1e7 1e8").
	@$(BIN)/python benchmarks/full_run.py $(SIZES)

lock: $(READY)  ## Write the lock files anew.
	@$(BIN)/uv pip compile pyproject.toml --all-extras --universal --generate-hashes --no-emit-index-url --no-header --quiet -o requirements.lock
	@echo uv | $(BIN)/uv pip compile - --universal --generate-hashes --no-emit-index-url --no-header --quiet -o requirements-installer.lock

clean:  ## Remove what was made here.
	rm -rf $(VENV) $(DEMO) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
