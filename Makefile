# `make chat` and `make test` are enough on a fresh machine with Python >= 3.11 and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: chat run test eval fit bench storm check env dev kb lock clean

chat: kb ## talk to the bot in the terminal
	@$(BIN)/python bot.py chat

run: kb ## Telegram: polling, or webhook when WEBHOOK_URL is set
	$(BIN)/python bot.py run

test: dev ## everything the tests need, then the tests
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder -m "not alone"
	$(BIN)/python -m pytest -m alone

eval: dev ## blind rounds, folds, probes by kind, and the training questions
	$(BIN)/python -m tests.evaluate

fit: dev ## weights of the classifiers and of the decision, from the training questions
	$(BIN)/python -m tests.fit
	$(BIN)/python -m tests.fit_turns

bench: dev ## time and right answers of one question, beside the baselines; the bot through its webhook beside an echo bot
	$(BIN)/python -m tests.bench
	$(BIN)/python -m tests.webhook_bench

storm: dev ## 5,000 messages, faults and kills; 100,000 hostile calls
	$(BIN)/python -m tests.telegram.storm
	$(BIN)/python -m tests.telegram.hostile

check: dev ## format, lint, types, complexity, content
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	@complex="$$($(BIN)/radon cc -n D -s bot.py kb.py settings.py handlers knowledge db)" && \
		{ test -z "$$complex" || { echo "Functions of rank D or worse:"; echo "$$complex"; exit 1; }; }
	$(BIN)/python bot.py kb check

kb: env
	@$(BIN)/python bot.py kb build --if-missing

env: $(VENV)/.installed
dev: $(VENV)/.installed-dev

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: requirements.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.installed-dev: requirements-dev.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@ $(VENV)/.installed

lock: ## resolve again (needs pip-tools on the path)
	pip-compile --quiet --strip-extras --generate-hashes --allow-unsafe --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --output-file requirements.txt requirements.in
	pip-compile --quiet --strip-extras --generate-hashes --allow-unsafe --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --output-file requirements-dev.txt requirements-dev.in

clean:
	rm -rf $(VENV) var
