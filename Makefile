# NeuronArena. The work is done by the scripts in .make; this file names it.

PORT ?= 8080
# More flags for `neuronarena serve` and `neuronarena bench`.
ARGS ?=

SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help play build models test test-swift test-js test-browser lint conformance kernels fuzz sanitize soak bench clean

help:
	@echo 'make play [PORT=8080]   install what is missing, build, start the server'
	@echo 'make build              build the program in release mode'
	@echo 'make models             fetch and check the two models'
	@echo 'make test               run all tests, and install what they need'
	@echo 'make test-swift, test-js, test-browser, lint   one part of them'
	@echo 'make conformance [ARGS=6.*]       run the Autobahn suite, all of it or some cases'
	@echo 'make kernels [ARGS=arm64]         check the C kernels here, and for AArch64 under qemu'
	@echo 'make fuzz [TARGET=x] [RUNS=n]     fuzz what reads bytes of strangers'
	@echo 'make sanitize [ARGS=thread]       run tests with the Thread and Address Sanitizers'
	@echo 'make soak [MINUTES=10]            simulate with fresh seeds'
	@echo 'make bench [ARGS=echo]  measure'
	@echo 'make clean              remove what was built (the models stay)'

play:
	@.make/play '$(PORT)' $(ARGS)

build:
	@.make/build

models:
	@. .make/common.sh; require_build_packages; .make/models

test:
	@.make/test

test-swift:
	@.make/test swift

test-js:
	@.make/test js

test-browser:
	@.make/test browser

lint:
	@.make/test lint

conformance:
	@.make/conformance $(ARGS)

kernels:
	@.make/kernels $(ARGS)

fuzz:
	@RUNS='$(RUNS)' INPUT='$(INPUT)' .make/fuzz $(TARGET)

sanitize:
	@.make/sanitize $(ARGS)

soak:
	@.make/soak $(MINUTES)

bench: build
	@.build/release/neuronarena bench $(ARGS)

clean:
	rm -rf .build .build-venv .build-results .build-autobahn .build-fuzz .build-tsan .build-asan
