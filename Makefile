# The verbs of the house. `make run` and `make test` need nothing but Python 3.11 and make on Debian 12.
# PORT=8000 is where `make run` answers; ARGS="-k referral" goes to pytest.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
PORT ?= 8000
HERE := .venv/bin/python
LOCAL := $(HERE) -m coordination.local
export PORT

.PHONY: run test lint fix bench docs messages services stop fonts install install-dev

run: install fonts
	@exec $(LOCAL) run

test: install-dev fonts
	@$(LOCAL) services
	@$(LOCAL) messages
	@$(HERE) -m coordination.local.old_browser
	.venv/bin/pytest $(if $(CI),-n 2) $(ARGS)

lint: install-dev
	@$(LOCAL) services
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/djlint templates --lint --quiet
	.venv/bin/lint-imports
	$(HERE) -m coordination.local.lint
	$(HERE) manage.py check
	$(HERE) manage.py makemigrations --check --dry-run

fix: install-dev
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

bench: install-dev
	@$(LOCAL) services
	$(HERE) -m bench $(ARGS)

docs: install
	@$(LOCAL) services
	$(HERE) manage.py docs

messages: install
	@$(LOCAL) extract
	@$(LOCAL) messages

services: install
	@$(LOCAL) services

# The faces of letters (仿宋, 楷体, 黑体, 小标宋) out of Debian's packages; without apt Noto serves, and the log says so.
fonts:
	@timeout 300 scripts/fonts.sh || echo "fonts: they took too long; letters are set in Noto Serif SC until scripts/fonts.sh is run"

stop:
	@test ! -x $(HERE) || $(LOCAL) stop

install:
	@$(PYTHON) coordination/local/install.py

install-dev:
	@$(PYTHON) coordination/local/install.py dev
