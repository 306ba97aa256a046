# Every target makes what it needs: `make demo` and `make test` work on a fresh clone.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Where PyTorch comes from: empty takes PyPI's build; for the CPU-only or a CUDA build give its index, e.g.
#   make install TORCH_INDEX=https://download.pytorch.org/whl/cpu
TORCH_INDEX ?=

.PHONY: demo test check install install-dev bench lock clean

demo: install
	$(BIN)/zeepbel demo

test: install-dev check
	$(BIN)/python -m pytest
	$(BIN)/python -m pytest --database postgresql --quiet -m "not browser and not model" tests/api tests/crawler tests/models

check: install-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: install-dev
	$(BIN)/python -m benchmarks

install: $(VENV)/installed

install-dev: $(VENV)/installed-dev

$(VENV)/installed: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Zeepbel needs Python 3.11 or newer; name one with PYTHON=...")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(if $(TORCH_INDEX),$(BIN)/python -m pip install --quiet --index-url $(TORCH_INDEX) "$$(grep '^torch==' requirements.lock)")
	$(BIN)/python -m pip install --quiet --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --editable .
	$(BIN)/python -m nlp.base
	$(BIN)/python -m nlp.e5
	touch $@

$(VENV)/installed-dev: $(VENV)/installed requirements-dev.lock
	$(BIN)/python -m pip install --quiet --requirement requirements-dev.lock
	sh tests/install-browser.sh
	touch $@

# Renews the two locks from pyproject.toml.
lock:
	$(BIN)/python -m pip install --quiet pip-tools
	$(BIN)/pip-compile --quiet --strip-extras --no-emit-find-links --no-emit-index-url --no-annotate --no-header --upgrade-package torch==2.13.0 --output-file requirements.lock pyproject.toml
	$(BIN)/pip-compile --quiet --strip-extras --no-emit-find-links --no-emit-index-url --no-annotate --no-header --upgrade-package torch==2.13.0 --extra dev --constraint requirements.lock --output-file requirements-dev.lock pyproject.toml
	sed -i.bak "s/^torch==\([0-9.]*\)+.*/torch==\1/" requirements.lock requirements-dev.lock && rm -f *.lock.bak

clean:
	rm -rf $(VENV) build *.egg-info
