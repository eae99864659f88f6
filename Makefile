# `make` alone lists the targets.

PORT ?= 8000
PIP_COMPILE = CUSTOM_COMPILE_COMMAND="make requirements" .venv/bin/python -m piptools compile --quiet \
	--generate-hashes --allow-unsafe --strip-extras \
	--no-emit-index-url --no-emit-trusted-host --no-emit-find-links

# What `check --deploy` looks at: the settings of production.
AS_IN_PRODUCTION = ARCHIVE_ENV=production ARCHIVE_ALLOWED_HOSTS=minutes.example.org \
	ARCHIVE_SECRET_KEY=$$(.venv/bin/python -c 'import secrets; print(secrets.token_urlsafe(50))')

.DEFAULT_GOAL := help
.PHONY: help run audit audit-snapshot sbom test test-quick test-postgres test-containers test-opensearch check golden messages mutants corpus requirements bench bench-relevance bench-facts bench-pages screenshots

help: ## list the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | sort | \
		while IFS="$$(printf '\t')" read -r name what; do printf '  make %-16s %s\n' "$$name" "$$what"; done

run: .venv/installed ## install, ingest the samples (or MINUTES=folder), serve on PORT
	@exec .venv/bin/python -m config.launch --port "$(PORT)" $(if $(MINUTES),"$(MINUTES)")

# Tests start hundreds of Python processes, and each is sooner there when modules are compiled once for all.
unexport PYTHONDONTWRITEBYTECODE
# One process a core; what shares a module stays in one process, so that its fixtures are made once.
PARALLEL = -n $(or $(JOBS),auto) --dist loadfile

test: .venv/installed-for-tests ## every test, in parallel (JOBS=2)
	@bin/install-browser
	.venv/bin/python -m pytest $(PARALLEL)

test-quick: .venv/installed-for-tests ## the tests without the marker slow, within a minute
	.venv/bin/python -m pytest $(PARALLEL) -m "not slow"

# What touches the records, on a server of its own; TESTS names other tests. Slow tests of the desk start sites of their own.
ON_POSTGRES = .venv/bin/python -m tests.servers.postgres .venv/bin/python -m pytest $(PARALLEL)
RECORDS = tests/models tests/records tests/ingest tests/corrections tests/merging tests/divisions tests/api tests/open_data \
	tests/search/test_writer_lock.py
test-postgres: .venv/installed-for-tests ## the tests of the records on PostgreSQL (TESTS=)
ifdef TESTS
	$(ON_POSTGRES) $(TESTS)
else
	$(ON_POSTGRES) $(RECORDS)
	$(ON_POSTGRES) -m "not slow" tests/desk
endif

# What asks the index, on a server of its own; TESTS names other tests.
SEARCHES = $(addprefix tests/search/test_,api.py check.py export.py facets.py feed.py opensearch.py page.py \
	together.py trend.py withdrawn.py)
test-opensearch: .venv/installed-for-tests ## the tests of search on OpenSearch (TESTS=)
	.venv/bin/python -m tests.servers.opensearch .venv/bin/python -m pytest $(PARALLEL) $(or $(TESTS),$(SEARCHES))

# Skipped with a reason where they cannot be built and run.
test-containers: .venv/installed-for-tests ## build the image, start the containers, ask them (Debian, root)
	bin/test-containers

check: .venv/installed-for-tests ## style, types, imports, migrations, deployment settings, every test
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/lint-imports
	.venv/bin/mypy
	.venv/bin/python manage.py makemigrations --check --dry-run
	@echo "manage.py check --deploy, in the settings of production"
	@$(AS_IN_PRODUCTION) .venv/bin/python manage.py check --deploy --fail-level WARNING
	@$(MAKE) --no-print-directory test

messages: ## collect the messages of commands into the Chinese catalog (needs GNU gettext)
	bin/messages

golden: .venv/installed-for-tests ## write the golden pairs anew, to read the difference
	.venv/bin/python -m tests.parser.golden
	git diff --stat tests/golden

# What two commits read from the files of a folder: make corpus DIR=… [BEFORE=commit] [AFTER=commit].
corpus: .venv/installed-for-tests
	.venv/bin/python -m bench.readings "$(DIR)" $(if $(BEFORE),--before "$(BEFORE)") $(if $(AFTER),--after "$(AFTER)")

# Which expressions of the parser can be switched off without a test failing: it should list none.
mutants: .venv/installed-for-tests ## switch off what the tests should notice; list what they do not (ONLY=tasks)
	.venv/bin/python -m tests.parser.switch_off $(ONLY)

requirements: .venv/installed-for-tests ## pin the libraries of requirements*.in, with hashes
	$(PIP_COMPILE) --output-file=requirements.txt requirements.in
	$(PIP_COMPILE) --output-file=requirements-dev.txt requirements-dev.in
	$(PIP_COMPILE) --output-file=requirements-bench.txt requirements-bench.in
	$(PIP_COMPILE) --output-file=requirements-ocr.txt requirements-ocr.in
	$(PIP_COMPILE) --output-file=requirements-mcp.txt requirements-mcp.in
	$(PIP_COMPILE) --output-file=requirements-audit.txt requirements-audit.in

# How fast the archive finds, beside others (docs/develop/performance.md); SIZE=small is a quick look. HAYSTACK is how many
# meetings the slowest of them is given.
bench: .venv/installed-for-bench ## how fast it finds, beside other engines (SIZE=small)
	.venv/bin/python -m bench.search --size "$(or $(SIZE),all)" $(if $(HAYSTACK),--haystack "$(HAYSTACK)")

# How well it finds; KEEP=1 writes our figures down as the new floors.
bench-relevance: .venv/installed-for-tests ## how well it finds (KEEP=1 keeps the figures as floors)
	.venv/bin/python -m bench.relevance $(if $(KEEP),--keep)

# How many facts are read right, and how fast (docs/develop/parser.md); DIR is a folder of texts with readings beside them.
bench-facts: .venv/installed-for-tests ## how many facts are read right, and how fast (DIR=folder)
	.venv/bin/python -m bench.facts $(if $(DIR),"$(DIR)")

# What pages weigh, and what Lighthouse says of them, which npx fetches: Node and Chromium are needed for that.
bench-pages: .venv/installed-for-tests ## what pages weigh, and Lighthouse scores
	.venv/bin/python -m bench.pages

# The pictures in docs/screenshots and of the guide for staff, of the samples.
screenshots: .venv/installed-for-tests ## take the pictures of the docs anew
	.venv/bin/python docs/screenshots/icons.py
	.venv/bin/python docs/screenshots/take.py
	.venv/bin/python docs/guide/pictures/take.py

.venv/installed: requirements.txt
	@bin/install requirements.txt
	@touch $@

.venv/installed-for-tests: .venv/installed requirements-dev.txt requirements-mcp.txt
	@bin/install requirements-dev.txt
	@bin/install requirements-mcp.txt
	@touch $@

.venv/installed-for-bench: .venv/installed-for-tests requirements-bench.txt
	@bin/install requirements-bench.txt
	@touch $@

# Known weaknesses of every pinned library. It fails where one could not be looked up: that is no "none".
audit: .venv/installed-for-audit ## known weaknesses of the libraries, from PyPI or the snapshot
	@.venv/bin/python bin/audit

audit-snapshot: .venv/installed-for-audit ## keep what PyPI says, for `make audit` without a network
	@.venv/bin/python bin/audit --snapshot

# What the archive is made of, as CycloneDX.
sbom: .venv/installed-for-audit ## write the list of what the archive is made of
	@mkdir -p var
	.venv/bin/cyclonedx-py requirements requirements.txt --output-format JSON --output-file var/sbom.json

.venv/installed-for-audit: .venv/installed requirements-audit.txt
	@bin/install requirements-audit.txt
	@touch $@
