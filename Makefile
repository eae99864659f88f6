# `make` alone lists the targets.

PORT ?= 8000
PIP_COMPILE = CUSTOM_COMPILE_COMMAND="make requirements" .venv/bin/python -m piptools compile --quiet \
	--generate-hashes --allow-unsafe --strip-extras \
	--no-emit-index-url --no-emit-trusted-host --no-emit-find-links

# Production settings for `check --deploy`.
AS_IN_PRODUCTION = ARCHIVE_ENV=production ARCHIVE_ALLOWED_HOSTS=minutes.example.org \
	ARCHIVE_SECRET_KEY=$$(.venv/bin/python -c 'import secrets; print(secrets.token_urlsafe(50))')

.DEFAULT_GOAL := help
.PHONY: help run run-cluster audit audit-snapshot sbom test test-quick test-postgres test-containers test-opensearch check golden messages mutants corpus requirements bench bench-relevance bench-facts bench-pages bench-page-times bench-load screenshots

help: ## list the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | sort | \
		while IFS="$$(printf '\t')" read -r name what; do printf '  make %-16s %s\n' "$$name" "$$what"; done

run: .venv/installed ## install, ingest the samples (or MINUTES=folder), serve on PORT
	@exec .venv/bin/python -m config.launch --port "$(PORT)" $(if $(MINUTES),"$(MINUTES)")

# With what the servers know kept in var/cluster/.
run-cluster: .venv/installed ## the same on PostgreSQL and three nodes of OpenSearch (PORT=, MINUTES=)
	@exec .venv/bin/python -m servers.cluster --port "$(PORT)" $(if $(MINUTES),"$(MINUTES)")

# Tests start hundreds of Python processes, which start faster with modules compiled in advance.
unexport PYTHONDONTWRITEBYTECODE
# The tests of a module run in one process, so that its fixtures are set up once; tests/conftest.py orders the modules.
# Slow tests wait for servers for a quarter of their time, so that there is one process more than cores.
MODULES = --dist loadfile --no-loadscope-reorder
PARALLEL = -n $(or $(JOBS),$(shell echo $$(($$(nproc) + 1)))) $(MODULES)

test: .venv/installed-for-tests ## every test, in parallel (JOBS=2)
	@bin/install-browser
	.venv/bin/python -m pytest $(PARALLEL)

test-quick: .venv/installed-for-tests ## the tests marked neither slow nor thorough, in about a minute
	.venv/bin/python -m pytest -n $(or $(JOBS),auto) $(MODULES) -m "not slow and not thorough"

# Tests of the records, on a temporary server; TESTS selects others, and TESTS=tests all. Slow tests of the desk start
# sites of their own.
ON_POSTGRES = .venv/bin/python -m servers.postgres .venv/bin/python -m pytest $(PARALLEL)
RECORDS = tests/models tests/records tests/ingest tests/corrections tests/merging tests/divisions tests/api tests/open_data \
	tests/search/test_writer_lock.py
test-postgres: .venv/installed-for-tests ## the tests of the records on PostgreSQL (TESTS=)
ifdef TESTS
	$(ON_POSTGRES) $(TESTS)
else
	$(ON_POSTGRES) $(RECORDS)
	$(ON_POSTGRES) -m "not slow" tests/desk
endif

# Tests of the index, on a temporary server; TESTS selects others.
SEARCHES = $(addprefix tests/search/test_,api.py check.py export.py facets.py feed.py opensearch.py page.py \
	together.py trend.py withdrawn.py)
test-opensearch: .venv/installed-for-tests ## the tests of search on OpenSearch (TESTS=)
	.venv/bin/python -m servers.opensearch .venv/bin/python -m pytest $(PARALLEL) $(or $(TESTS),$(SEARCHES))

# Skipped with a reason if containers cannot be built and run.
test-containers: .venv/installed-for-tests ## build the images and test both compose files (Debian, root)
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

golden: .venv/installed-for-tests ## regenerate the golden pairs, to review the difference
	.venv/bin/python -m tests.parser.golden
	git diff --stat tests/golden

# Compare what two commits parse from the files of a folder: make corpus DIR=… [BEFORE=commit] [AFTER=commit].
corpus: .venv/installed-for-tests
	.venv/bin/python -m bench.readings "$(DIR)" $(if $(BEFORE),--before "$(BEFORE)") $(if $(AFTER),--after "$(AFTER)")

# List changed rules, and expressions of the parser that can be removed, without a test failing; there should be none.
mutants: .venv/installed-for-tests ## mutation testing: list changes that no test notices (ONLY=tasks for the parser's)
	$(if $(ONLY),,.venv/bin/python -m tests.mutants)
	.venv/bin/python -m tests.parser.switch_off $(ONLY)

requirements: .venv/installed-for-tests ## pin the libraries of requirements*.in, with hashes
	$(PIP_COMPILE) --output-file=requirements.txt requirements.in
	$(PIP_COMPILE) --output-file=requirements-dev.txt requirements-dev.in
	$(PIP_COMPILE) --output-file=requirements-bench.txt requirements-bench.in
	$(PIP_COMPILE) --output-file=requirements-ocr.txt requirements-ocr.in
	$(PIP_COMPILE) --output-file=requirements-mcp.txt requirements-mcp.in
	$(PIP_COMPILE) --output-file=requirements-audit.txt requirements-audit.in

# Search speed compared with other engines (docs/develop/performance.md); SIZE=small is a quick run. HAYSTACK is the
# number of meetings for the slowest engine.
bench: .venv/installed-for-bench ## search speed compared with other engines (SIZE=small)
	.venv/bin/python -m bench.search --size "$(or $(SIZE),all)" $(if $(HAYSTACK),--haystack "$(HAYSTACK)")

# Search relevance; KEEP=1 stores our figures as the new minimum.
bench-relevance: .venv/installed-for-tests ## search relevance (KEEP=1 stores the figures as minimum)
	.venv/bin/python -m bench.relevance $(if $(KEEP),--keep)

# Accuracy and speed of the parser (docs/develop/parser.md); DIR is a folder of texts with expected readings.
bench-facts: .venv/installed-for-tests ## accuracy and speed of the parser (DIR=folder)
	.venv/bin/python -m bench.facts $(if $(DIR),"$(DIR)")

# Page weights and Lighthouse scores; npx downloads Lighthouse, which needs Node and Chromium.
bench-pages: .venv/installed-for-tests ## page weights and Lighthouse scores
	.venv/bin/python -m bench.pages

# Processor time of whole pages; BEFORE compares with another commit, MEETINGS=200 is a quick look.
bench-page-times: .venv/installed-for-tests ## processor time of whole pages (BEFORE=commit, MEETINGS=200)
	.venv/bin/python -m bench.page_times $(if $(MEETINGS),--meetings "$(MEETINGS)") $(if $(BEFORE),--before "$(BEFORE)")

# SERVERS=1 is PostgreSQL and OpenSearch, started for it; MEETINGS=20000 is an archive ten times as large.
bench-load: .venv/installed-for-tests ## pages a second and response times under load (SERVERS=1, MEETINGS=20000)
	.venv/bin/python -m bench.load $(if $(SERVERS),--servers) $(if $(MEETINGS),--meetings "$(MEETINGS)")

# Screenshots of the samples for docs/screenshots and the staff guide.
screenshots: .venv/installed-for-tests ## take the screenshots of the docs
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

# Known vulnerabilities of every pinned library. Fails if one could not be looked up.
audit: .venv/installed-for-audit ## known vulnerabilities of the libraries, from PyPI or the snapshot
	@.venv/bin/python bin/audit

audit-snapshot: .venv/installed-for-audit ## save PyPI's data for `make audit` without a network
	@.venv/bin/python bin/audit --snapshot

# Software bill of materials in CycloneDX format.
sbom: .venv/installed-for-audit ## write the software bill of materials
	@mkdir -p var
	.venv/bin/cyclonedx-py requirements requirements.txt --output-format JSON --output-file var/sbom.json

.venv/installed-for-audit: .venv/installed requirements-audit.txt
	@bin/install requirements-audit.txt
	@touch $@
