# make run       sample documents become tables in output/
# make test      all tests, doctests with them
# make engine    tests of runs under Spark, which it installs; they need Java
# make torture   long tests: kills at many moments, a full disk, poison
# make fuzz      ten minutes of files that are changed until a reader errs; KINDS=docx TIME=600 for one kind
# make lint      style, types, and which module may import which
# make format    lay the code out
# make evaluate  scores on corpora/samples and corpora/aside, and on ../shared/gold where it is there
# make made      scores on made documents by layout and fault, each fault alone, two, and all at once
# make bench     speed; JSON=new.json keeps the figures, AGAINST=old.json compares with those of another commit
# make constraints  newest versions of everything we stand on

PYTHON ?= python3.11
BIN := .venv/bin
SAMPLES := corpora/samples
ASIDE := corpora/aside
GOLD := ../shared/gold

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_ROOT_USER_ACTION := ignore
PIP := -m pip install -qq --no-warn-script-location

.PHONY: run test engine torture fuzz lint format evaluate made confidence bench constraints clean

run: .venv/made
	$(BIN)/gangwei extract $(SAMPLES)/documents --output output --overwrite
	@echo "The tables lie in $(CURDIR)/output; output/README.md says how to read them."

test: .venv/made
	$(BIN)/python -m pytest -q -n auto $(TESTS)

# Spark is 450 MB: not among what everybody needs.
engine: .venv/made
	$(BIN)/python $(PIP) -c constraints.txt --no-build-isolation -e '.[spark]'
	$(BIN)/python -m pytest -q -n 0 tests/test_spark.py tests/test_spark_cluster.py

torture: .venv/made
	$(BIN)/python -m pytest -q -n 0 -m torture --torture

KINDS ?= docx xlsx pptx pdf doc xls rtf parquet eml zip csv gbk html json warc tar mht bz2 xz gz utf16 wordml excelml
TIME ?= 30
SEED ?= 1
fuzz: .venv/made
	$(BIN)/python $(PIP) -c constraints.txt --no-build-isolation -e '.[fuzz]'
	for kind in $(KINDS); do echo "$$kind"; \
	  $(BIN)/python tests/fuzz/harness.py $$kind -seed=$(SEED) -max_total_time=$(TIME) -verbosity=0 || exit 1; done

lint: .venv/made
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

format: .venv/made
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# Documents that fail (status 1) lower the score and do not end the measurement.
evaluate: .venv/made
	rm -rf output/evaluate
	$(BIN)/gangwei extract $(SAMPLES)/documents --output output/evaluate/samples --format csv --quiet || [ $$? -eq 1 ]
	$(BIN)/gangwei evaluate output/evaluate/samples $(SAMPLES)
	$(BIN)/gangwei extract $(ASIDE)/documents --output output/evaluate/aside --format csv --quiet || [ $$? -eq 1 ]
	$(BIN)/gangwei evaluate output/evaluate/aside $(ASIDE)
	$(BIN)/python benchmarks/typed.py
	$(BIN)/python benchmarks/pairs.py
	$(BIN)/python benchmarks/made.py --short
	$(BIN)/python benchmarks/families.py output/evaluate/samples
	if [ -d $(GOLD) ]; then \
	  { $(BIN)/gangwei extract $(GOLD)/documents --output output/evaluate/gold --format csv --quiet || [ $$? -eq 1 ]; } && \
	  $(BIN)/gangwei evaluate output/evaluate/gold $(GOLD) --split corpora/split.txt; \
	fi

made: .venv/made
	$(BIN)/python benchmarks/made.py

confidence: .venv/made
	$(BIN)/gangwei rules calibrate $(SAMPLES)

bench: .venv/made
	$(BIN)/python benchmarks/speed.py $(if $(JSON),--json $(JSON)) $(if $(AGAINST),--against $(AGAINST))

# Resolved anew in an environment of its own, so that nothing installed by hand gets in.
constraints:
	rm -rf build/constraints
	$(PYTHON) -m venv build/constraints
	build/constraints/bin/python $(PIP) --upgrade pip
	build/constraints/bin/python $(PIP) '.[dev,spark]'
	(echo "# Exact versions for Linux and Python 3.11; made by \`make constraints\`."; \
	 build/constraints/bin/python -m pip freeze --all --exclude gangwei --exclude pip) > constraints.new
	mv constraints.new constraints.txt
	rm -rf build/constraints

# What builds packages is installed first and not fetched again for each build, so that its version is pinned as well:
# hatchling for gangwei, setuptools for jieba, which has no wheel on PyPI.
.venv/made: pyproject.toml constraints.txt
	[ -x $(BIN)/python ] || $(PYTHON) -m venv .venv
	$(BIN)/python $(PIP) -c constraints.txt hatchling setuptools
	$(BIN)/python $(PIP) -c constraints.txt --no-build-isolation -e '.[dev]'
	touch $@

clean:
	rm -rf .venv build dist output/evaluate
