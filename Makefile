# The commands of this project; `make` alone lists them.

PYTHON ?= python3
BIN := .venv/bin
# Extras stay in the lock: without them pip looks for `coverage[toml]` anew, and refuses a later release.
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-strip-extras
export UV_CUSTOM_COMPILE_COMMAND := make lock

.DEFAULT_GOAL := help
.PHONY: help run install test check faults lint format lock messages catalogues bench python tools

help: ## list these commands
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

run: install ## install, prepare the data, start everything in the foreground; Ctrl-C stops it
	@$(BIN)/python -m config.embedded

install: python ## what running needs: .venv, node_modules; starts nothing
	@$(PYTHON) config/install.py

test: tools ## the tests that need no browser and no server, on SQLite
	@$(BIN)/python -m tests

check: lint ## every check there is; NOTHING_MAY_SKIP=1 makes a skipped test a failure
	@$(BIN)/python -m tests all

faults: tools ## what has to hold when processes, the broker, the database or the mail server fail
	@$(BIN)/python -m tests -m faults tests/faults

# The lint asks no database of known vulnerabilities: it works without a network, and what was clean yesterday may
# not be today for reasons that are in no commit. `make audit` asks, before each release and upgrade.
lint: tools ## every check that is not a test, and needs no network
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/djlint templates --lint --check --quiet
	$(BIN)/python manage.py check --fail-level WARNING
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python -m config.catalogues check
	$(BIN)/mypy config reporting tests benchmarks manage.py
	$(BIN)/bandit --quiet --recursive --severity-level medium config reporting
	@! grep -nE '://|"resolved"|^--|@ file' requirements*.txt package-lock.json

format: tools ## write the code and the templates in the house's form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/djlint templates --reformat --quiet

lock: tools ## write the lock files anew from requirements*.in and package.json
	$(LOCK) requirements.in -o requirements.txt
	$(LOCK) requirements-dev.in -o requirements-dev.txt
	$(LOCK) requirements-node.in -o requirements-node.txt
	npm install --package-lock-only
	$(BIN)/python -m config.lock

messages: tools ## bring the catalogues of texts up to the sources; needs GNU gettext
	@$(BIN)/python -m config.catalogues update

catalogues: tools ## what is wrong with the catalogues of texts: a line each
	@$(BIN)/python -m config.catalogues check

bench: tools ## the speed of what has to be quick, as ratios; NAMES="scale tenants" for what takes longer
	@$(BIN)/python -m benchmarks $(NAMES)

sbom: tools ## the bill of materials (CycloneDX) of what is locked, in var/sbom.json
	@mkdir -p var
	$(BIN)/cyclonedx-py requirements requirements.txt --output-reproducible --of JSON -o var/sbom.json

licences: tools ## the licence of every package that running needs
	@$(BIN)/pip-licenses --from=mixed --order=license --packages \
	  $$(sed -n 's/^\([a-zA-Z0-9._-]*\)\(\[.*\]\)\{0,1\}==.*/\1/p' requirements.txt)
	@sed -n 's/.*"node_modules\/\(.*\)": {/\1/p; s/.*"license": "\(.*\)".*/  \1/p' package-lock.json

audit: tools ## known vulnerabilities of what is locked; asks databases on the network
	$(BIN)/pip-audit --require-hashes --disable-pip -r requirements.txt
	npm audit --omit=dev

python:
	@command -v $(PYTHON) >/dev/null || \
	  { echo "Python 3.11 or newer is needed, and there is no $(PYTHON) on PATH." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; $(PYTHON) is $$($(PYTHON) --version 2>&1)." \
	    "Name another one: make run PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo "$(PYTHON) has no venv module; on Debian: apt install python3-venv" >&2; exit 1; }

tools: python
	@$(PYTHON) config/install.py --tests
