# `make demo` runs the whole chain on the example, `make test` the tests. Both set everything up by themselves.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help install demo site-policy test lint format clean

help:
	@echo "make demo     run the chain on examples/meridian: policy to audited model (about 15 minutes on 2 cores)"
	@echo "make test     run the tests"
	@echo "make install  only the set-up that both call"
	@echo "make lint     ruff, mypy, import contracts"
	@echo "make site-policy  the same chain on 58 real documents"

install: $(VENV)/.complete

# torch goes first and pinned: a bare torch would bring several gigabytes of accelerator libraries.
$(VENV)/.complete: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "error: Python 3.11 or newer is needed; set PYTHON=python3.11"; exit 2; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install torch==2.13.0 -c constraints.txt
	$(BIN)/python -m pip install -c constraints.txt -e '.[dev]'
	$(BIN)/plumbline weights
	touch $@

demo: install
	$(BIN)/plumbline run --config examples/meridian/plumbline.toml

site-policy: install
	$(BIN)/plumbline run --config examples/site-policy/plumbline.toml

test: install
	$(BIN)/python -m pytest

lint: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: install
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis workspaces
