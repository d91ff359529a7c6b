# `make demo` does the main job on a fresh machine; `make test` runs every test on both stores.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
HOME_DIR ?= .xinpu

.PHONY: demo test check show docs lock clean

$(VENV)/.done: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] < (3, 11))' || { echo "Python 3.11 or newer is needed; say make PYTHON=/path/to/python3.11"; exit 2; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

# ONCE=1 stops after the answer; without it page and API stay up on loopback until Ctrl-C.
demo: $(VENV)/.done
	@export XINPU_HOME=$(HOME_DIR) && $(BIN)/xinpu init && $(BIN)/xinpu sample && \
	$(BIN)/xinpu linked --name 示例张三 --anchor 示例甲建设有限公司 --at 2021-06-01 --purpose "演示 demo" \
	$(if $(ONCE),,&& $(BIN)/xinpu serve)

test: $(VENV)/.done
	$(BIN)/pytest

# What is checked without running: style, types, generated documentation.
check: $(VENV)/.done
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m api.docs --check

# Every acceptance line of the issues done so far: its figure, its aim, ok or short.
show: $(VENV)/.done
	$(BIN)/python -m tests.show

docs: $(VENV)/.done
	$(BIN)/python -m api.docs

lock:
	$(BIN)/uv pip compile --quiet pyproject.toml --all-extras --generate-hashes --universal --python-version 3.11 --no-emit-index-url --no-header --output-file requirements.lock

clean:
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .show
