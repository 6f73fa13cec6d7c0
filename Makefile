# Fathom: everything a person needs is one of these. `make help` lists them.

ARGS ?=
PREFIX ?= /usr/local
DESTDIR ?=
# With --static-swift-stdlib the binary runs where there is no Swift toolchain.
SWIFTFLAGS ?=

BINARY := .build/release/fathom
STAMP := .build/fathom-release.stamp
# Folders count too, so that a deleted file is noticed.
SOURCES := $(shell find Sources Package.swift) $(wildcard Package.resolved)
SHARE := $(DESTDIR)$(PREFIX)/share/fathom

# Tests and scripts run this binary; set it to test another one.
export FATHOM_BIN ?= $(CURDIR)/.build/debug/fathom

.PHONY: help run build bench memory-test bench-embed bench-search bench-ui property-test stress fuzz asan tsan soak test lint format unit-test end-to-end mutate-test crash-test test-interop install uninstall clean FORCE

help: ## list these targets
	@echo 'Usage: make TARGET [ARGS="what fathom gets"] [PREFIX=/usr/local] [DESTDIR=]'
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16

run: build ## build if needed and explore; ARGS="some/folder" instead of a copy of the sample
	@exec scripts/run.sh $(BINARY) $(ARGS)

build: $(STAMP) ## build the release binary, .build/release/fathom

# A stamp, because SwiftPM takes a second to find out that there is nothing to do.
$(STAMP): $(SOURCES) $(if $(wildcard $(BINARY)),,FORCE)
	@scripts/install-dependencies.sh
	@scripts/check-swift.sh
	swift build -c release --product fathom $(SWIFTFLAGS)
	@touch $@

test: ## check the format, build, and run every test
	@scripts/install-dependencies.sh --tests
	@scripts/check-swift.sh
	@$(MAKE) --no-print-directory lint unit-test end-to-end

lint: ## check the format
	swift format lint --strict -r Sources Tests Fuzz Benchmarks Examples Package.swift

format: ## rewrite the sources in the project's format
	swift format -i -r Sources Tests Fuzz Benchmarks Examples Package.swift

# All tests at once would wait for each other for minutes, and time-outs with them.
unit-test:
	swift build --build-tests
	swift test --skip-build --experimental-maximum-parallelization-width 4

bench: build ## compare with LangChain on the same folders; ROWS="10000 100000 1000000" for other sizes
	swift build -c release --product store-benchmark
	python=$$(Tests/EndToEnd/interop-venv.sh) && python3 scripts/bench.py "$$python" $(ROWS)

memory-test: build ## open, search and save 1,000,000 documents with 2 GB; make bench ROWS=1000000 makes them
	FATHOM_BIN=$(CURDIR)/$(BINARY) Tests/EndToEnd/memory.sh

bench-embed: build ## compare embedding with onnxruntime on the same weights; leave the machine alone meanwhile
	swift build -c release --product embedding-benchmark
	scripts/bench-embed.sh

bench-search: ## compare searches by codes with plain scans and the memory's rate; ARGS="1000000 384 15" for other rows, dimension, rounds
	swift build -c release --product search-benchmark
	.build/release/search-benchmark $(ARGS)

bench-ui: build ## measure the screen on 100,000 documents: key to frame, idle time, bytes for a cursor move
	FATHOM_BIN=$(CURDIR)/$(BINARY) scripts/bench-ui.py $(ARGS)

property-test: ## search 10,000 random stores by codes and without and compare bits; ARGS="100000 7" for more, from a seed
	swift build -c release --product property-test
	.build/release/property-test $(ARGS)

stress: ## press 10,000 random keys, click, paste, resize; STRESS_EVENTS, STRESS_SEED change that
	$(if $(filter file,$(origin FATHOM_BIN)),swift build --product fathom)
	Tests/EndToEnd/stress.sh

fuzz: ## fuzz each door for foreign bytes for SECONDS (60); TARGET="pickle faiss" for some of them
	scripts/fuzz.sh $(or $(SECONDS),60) $(TARGET)

asan: ## run the unit tests under AddressSanitizer, which finds memory that is not ours
	scripts/sanitize.sh address $(ARGS)

tsan: ## run the unit tests under ThreadSanitizer, which finds races
	scripts/sanitize.sh thread $(ARGS)

soak: ## search, edit, undo, save and reopen for SECONDS (3600); memory and files have to stay as they are
	$(if $(filter file,$(origin FATHOM_BIN)),swift build --product fathom)
	Tests/EndToEnd/soak.sh $(or $(SECONDS),3600)

end-to-end:
	Tests/EndToEnd/interop.sh
	Tests/EndToEnd/tmux.sh
	STRESS_EVENTS=1000 Tests/EndToEnd/stress.sh
	Tests/EndToEnd/no-code.sh
	python3 Tests/EndToEnd/mutate.py "$$FATHOM_BIN" Tests/Fixtures/index-seeds 130 1
	Tests/EndToEnd/foreign.sh
	Tests/EndToEnd/notebook.sh
	Tests/EndToEnd/doctor.sh
	CRASH_STEP=11 Tests/EndToEnd/crash.sh

test-interop: ## edit folders in turn with four versions of LangChain, from 0.0.20 on; make test tries the newest
	$(if $(filter file,$(origin FATHOM_BIN)),swift build --product fathom)
	INTEROP_VERSIONS=all Tests/EndToEnd/interop.sh

mutate-test: build ## damage 5,000 index files of every type and read them; MUTANTS, MUTANTS_SEED change that
	python3 Tests/EndToEnd/mutate.py $(CURDIR)/$(BINARY) Tests/Fixtures/index-seeds $(or $(MUTANTS),5000) $(or $(MUTANTS_SEED),1)

crash-test: ## kill the program at every point of its saves and look what is left; make test tries some of them
	swift build --product fathom
	Tests/EndToEnd/crash.sh

install: build ## copy the binary, themes and samples to $(DESTDIR)$(PREFIX)
	install -d $(DESTDIR)$(PREFIX)/bin $(SHARE)
	install -m 755 $(BINARY) $(DESTDIR)$(PREFIX)/bin/fathom
	cp -R $(wildcard themes) sample-data $(SHARE)/

uninstall: ## remove what install copied
	rm -f $(DESTDIR)$(PREFIX)/bin/fathom
	rm -rf $(SHARE)

clean: ## remove everything that was built
	rm -rf .build .build-fuzz .build-asan .build-tsan

FORCE:
