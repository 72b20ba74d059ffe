# The few commands of the house. What takes more than a line lives in tools/environment.py and `manage.py serve`.
PYTHON ?= python3
BIN := .venv/bin
HOST ?= 127.0.0.1
PORT ?= 8000

.PHONY: run test check messages bench bench-pages bench-board bench-reports bench-linker fuzz-api python

# Open the portal on this machine: no other service, no configuration.
run: python
	@$(PYTHON) tools/environment.py run
	@exec $(BIN)/python manage.py serve --host $(HOST) --port $(PORT)

# Every test, on two processes.
test: python
	@$(PYTHON) tools/environment.py develop
	@$(BIN)/python -m pytest -n 2

# What needs no database to be judged: style, types, layers, templates, missing migrations, production settings.
check: python
	@$(PYTHON) tools/environment.py develop
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy .
	$(BIN)/lint-imports
	$(BIN)/djlint --lint templates
	DJANGO_SETTINGS_MODULE=sportello.settings.test $(BIN)/python manage.py makemigrations --check --dry-run
	DJANGO_SETTINGS_MODULE=sportello.settings.production SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(50))') \
	ALLOWED_HOSTS=esempio.it DATABASE_URL=postgres://nessuno@localhost/nessuno REDIS_URL=redis://localhost \
	$(BIN)/python manage.py check --deploy --fail-level WARNING

# What each page costs (queries, milliseconds) on the database of DATABASE_URL, which `manage.py seed_demo --scale metropolis` has filled.
bench-pages: python
	@$(PYTHON) tools/environment.py develop
	@LOG_LEVEL=ERROR DJANGO_SETTINGS_MODULE=sportello.settings.dev $(BIN)/python -m tests.performance.pages

# What the board costs by the way it is asked, on the database of DATABASE_URL: `manage.py seed_demo --people 1000 --vacancies 10000`.
bench-board: python
	@$(PYTHON) tools/environment.py develop
	@LOG_LEVEL=ERROR DJANGO_SETTINGS_MODULE=sportello.settings.dev $(BIN)/python -m tests.performance.board

# How long the reports of a semester take (seconds, memory) on that database: the freeze of all territories, a pact with its municipalities.
bench-reports: python
	@$(PYTHON) tools/environment.py develop
	@LOG_LEVEL=ERROR DJANGO_SETTINGS_MODULE=sportello.settings.dev $(BIN)/python -m tests.performance.reports

# How well and how fast free words find their occupation among ESCO's names: the official archive in SPORTELLO_ESCO, no database.
bench-linker: python
	@$(PYTHON) tools/environment.py develop
	@LOG_LEVEL=ERROR DJANGO_SETTINGS_MODULE=sportello.settings.test $(BIN)/python -m tests.performance.linker

# What the matching costs at 100,000 and 1,000,000 drawn people, beside SQL, a search engine and a plain read; DATABASE_URL names a
# database to work in. About a quarter of an hour; a quick look: `.venv/bin/python -m tests.performance.matching --quick`.
bench: python
	@$(PYTHON) tools/environment.py develop
	@LOG_LEVEL=ERROR DJANGO_SETTINGS_MODULE=sportello.settings.dev $(BIN)/python -m tests.performance.matching

# Ask each operation of the API for hundreds of things, right and wrong, that its own description allows; minutes.
fuzz-api: python
	@$(PYTHON) tools/environment.py develop
	@FUZZ_EXAMPLES=300 $(BIN)/python -m pytest -n 2 -q -p no:logging tests/workspaces/test_api.py

# Collect the texts to translate into locale/ (needs the gettext tools).
messages: python
	@$(PYTHON) tools/environment.py develop
	$(BIN)/python manage.py makemessages --locale en --no-obsolete --no-wrap --ignore tests --ignore var
	sed -i '/^"POT-Creation-Date:/d' locale/en/LC_MESSAGES/django.po

python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	|| { echo "Serve Python 3.11 o più recente: installalo con «apt-get install python3», o indicalo con «make PYTHON=…»." >&2; exit 1; }
