# make demo   installs into .venv and shows the sample shop on a fixed day
# make test   installs into .venv and runs the tests
# make policy installs into .venv and tries the packs on the worked cases
# make test-paper  the same for papers as PDF, with Debian's Pango, fonts and poppler, which it installs where they are missing
# make test-survival  the same for the curve of first faults, with the library that draws it
# make test-browser the same for the report in Debian's Chromium, which it installs where it is missing
# make test-readers the same for what is put out, in khal, todoman, khard, Datasette and Arrow
# make test-hooks  the same for the hook of a book's repository, in pre-commit, which it installs into .venv
# make test-shells  the same for Tab in bash, zsh and fish, which it installs where they are missing
# make test-tools  the pages for man and what the cookbook does with jq, fzf and systemd, Debian's, installed where missing
# make test-install  wheel, sdist, pipx, uv, the oldest and the newest of every dependency, in fresh environments
# make site        the pages as a site in .venv/site, every link checked
# make torture     every promise of docs/reliability.md tried anew (some of it needs root and strace, which it installs)
# make bench       what a day's jobs cost, beside other programs where they are installed (make bench-peers, on Debian)
# The others need python3, python3-venv, make and git, and nothing else.

PYTHON = python3
BIN = .venv/bin
PIP = $(BIN)/python -m pip install --quiet --disable-pip-version-check --use-pep517
DAY = 2026-11-20
SCRATCH = .venv/demo

PANGO = libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-cjk poppler-utils

BROWSER = chromium chromium-driver fonts-noto-cjk

SHELLS = bash zsh fish

TOOLS = jq fzf systemd procps man-db groff mandoc

TORTURE = strace faketime e2fsprogs

PEERS = taskwarrior recutils hledger ledger beancount todoman khard sqlite-utils

.PHONY: demo test test-paper test-survival test-browser test-readers test-hooks test-install test-shells test-tools site pictures torture bench bench-peers policy seeded lint messages docs compiled schema clean

.venv/installed: setup.cfg pyproject.toml
	@$(PYTHON) -m venv .venv
	@$(PIP) --editable .
	@touch $@

.venv/tested: .venv/installed
	@$(PIP) --editable '.[test]'
	@touch $@

.venv/linted: .venv/tested
	@$(PIP) --editable '.[test,lint]'
	@touch $@

demo: .venv/installed
	@rm -rf $(SCRATCH) && cp -R data $(SCRATCH)
	@BIN=$(BIN) sh docs/demo.sh $(SCRATCH) $(DAY)

test: .venv/tested
	@$(BIN)/python -m pytest --numprocesses 2

# Papers as PDF need Pango and fonts; where one of these packages is missing it is installed first.
test-paper: .venv/tested
	@dpkg-query --show $(PANGO) >/dev/null 2>&1 || sh -c 'test "$$(id -u)" = 0 && SUDO= || SUDO=sudo; \
		$$SUDO apt-get update -qq && $$SUDO apt-get install -y -qq --no-install-recommends $(PANGO)'
	@$(PIP) --editable '.[test,pdf,paper-test]'
	@$(BIN)/python -m pytest tests/paper --numprocesses 2 --dist loadfile

# The curve through the first faults needs lifelines; our own estimate is compared with its.
test-survival: .venv/tested
	@$(PIP) --editable '.[test,survival]'
	@$(BIN)/python -m pytest tests/survival

# The report is opened in a browser; its pictures in the README are taken there too.
.venv/browsing: .venv/tested
	@dpkg-query --show $(BROWSER) >/dev/null 2>&1 || sh -c 'test "$$(id -u)" = 0 && SUDO= || SUDO=sudo; \
		$$SUDO apt-get update -qq && $$SUDO apt-get install -y -qq --no-install-recommends $(BROWSER)'
	@$(PIP) --editable '.[test,browser-test]'
	@touch $@

test-browser: .venv/browsing
	@$(BIN)/python -m pytest tests/browser

# Calendars and address books are read by khal, todoman and khard.
test-readers: .venv/tested
	@$(PIP) --editable '.[test,readers-test]'
	@$(BIN)/python -m pytest tests/readers

test-hooks: .venv/tested
	@$(PIP) 'pre-commit>=3'
	@PRE_COMMIT=$(CURDIR)/$(BIN)/pre-commit $(BIN)/python -m pytest tests/hooks

# What the pages show with other tools, and what groff and mandoc say of man/.
test-tools: .venv/tested
	@dpkg-query --show $(TOOLS) >/dev/null 2>&1 || sh -c 'test "$$(id -u)" = 0 && SUDO= || SUDO=sudo; \
		$$SUDO apt-get update -qq && $$SUDO apt-get install -y -qq --no-install-recommends $(TOOLS)'
	@$(BIN)/python -m pytest tests/tools --numprocesses 2

# What was built is installed into fresh environments; this asks the index of packages for much of what was ever there.
test-install: .venv/tested
	@$(PIP) --editable '.[test,install-test]'
	@$(BIN)/python -m pytest tests/install

# Tab is pressed in each shell, at a terminal of its own.
test-shells: .venv/tested
	@dpkg-query --show $(SHELLS) >/dev/null 2>&1 || sh -c 'test "$$(id -u)" = 0 && SUDO= || SUDO=sudo; \
		$$SUDO apt-get update -qq && $$SUDO apt-get install -y -qq --no-install-recommends $(SHELLS)'
	@$(BIN)/python -m pytest tests/shells

# The pages as a site that loads nothing from anywhere; a link or an anchor that leads nowhere fails.
site: .venv/tested
	@$(PIP) --editable '.[test,docs]'
	@NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --quiet --strict

pictures: .venv/browsing
	@$(BIN)/python -m tests.browser.pictures

# Every harm we know, done to a book and counted into docs/reliability.md: make torture, or LANES="kills power" for some.
torture: .venv/tested
	@dpkg-query --show $(TORTURE) >/dev/null 2>&1 || sh -c 'test "$$(id -u)" = 0 && SUDO= || SUDO=sudo; \
		$$SUDO apt-get update -qq && $$SUDO apt-get install -y -qq --no-install-recommends $(TORTURE)' || \
		echo 'some of $(TORTURE) cannot be installed; what needs them is not tried'
	@$(BIN)/python -m tests.torture $(LANES) $(if $(SHORT),--short,--keep)

# What a day's jobs cost, into docs/performance.md: make bench, or JOBS=overdue, LAWS=closed, SIZES=1000,10000 for some.
# The books stay in .venv/bench for the next run.
MEASURED = --scratch .venv/bench $(if $(SIZES),--sizes $(SIZES)) $(if $(ROUNDS),--rounds $(ROUNDS))

bench: .venv/installed
	@$(if $(LAWS),,$(BIN)/python -m bench.peers $(MEASURED) $(if $(JOBS),--jobs $(JOBS)))
	@$(if $(JOBS),,$(BIN)/python -m bench.growth $(MEASURED) $(if $(LAWS),--laws $(LAWS)))

bench-peers:
	@dpkg-query --show $(PEERS) >/dev/null 2>&1 || sh -c 'test "$$(id -u)" = 0 && SUDO= || SUDO=sudo; \
		$$SUDO apt-get update -qq && $$SUDO apt-get install -y -qq --no-install-recommends $(PEERS)'

policy: .venv/installed
	@$(BIN)/aftercare policy test tests/cases/*.yaml --coverage
	@$(BIN)/aftercare policy check --all tests/cases/*.yaml

# Bugs are written into the law engine one by one, and its tests must catch each.
seeded: .venv/tested
	@$(BIN)/python -m tests.seeded

lint: .venv/linted
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

# The catalogues of sentences: collect them from the code, bring the Chinese up to date, compile.
messages: .venv/tested
	@$(BIN)/python -m tests.messages

# docs/records.md is drawn from the models, tables of other pages from what ships, man/ from the helps; tests prove them
# current.
docs: .venv/tested
	@$(BIN)/python -m tests.record_pages > docs/records.md
	@$(BIN)/python -m tests.scores.page
	@$(BIN)/python -m tests.drawn_tables
	@$(BIN)/python -m tests.man_pages

# The data that ships, and what the models are like from outside, as the program reads it fast; tests prove it current.
compiled: .venv/tested
	@$(BIN)/python -c "from aftercare.policies import compiled; compiled.FILE.write_text(compiled.compiled(), encoding='utf-8')"
	@$(BIN)/python -m tests.outlines
	@$(BIN)/python -m tests.words

# schema/ comes from the tables by which packs, cases and records are read; a test proves it current.
schema: .venv/tested
	@$(BIN)/python -m tests.schemas

clean:
	rm -rf .venv build *.egg-info
