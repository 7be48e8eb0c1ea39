# Every target first makes .venv hold what it needs; the work is done in tools/.
.PHONY: run test check lint bench bench-engine bench-scale soak quality mutate lock

suits = $(filter True,$(shell "$(1)" -c 'import sys; print(sys.version_info >= (3, 11))' 2>/dev/null))
ifndef PYTHON
PYTHON := $(firstword $(foreach name,python3 python3.14 python3.13 python3.12 python3.11 python,$(if $(call suits,$(name)),$(name))))
endif
ifeq ($(call suits,$(PYTHON)),)
$(error Fortune needs Python 3.11 or newer: install it, or name one with make PYTHON=/path/to/python3)
endif

run:
	@"$(PYTHON)" tools/environment.py run tools/run.py

test:
	@"$(PYTHON)" tools/environment.py dev tools/test.py $(ARGS)

check:
	@"$(PYTHON)" tools/environment.py dev tools/test.py --check -q $(ARGS)

lint:
	@"$(PYTHON)" tools/environment.py dev tools/lint.py

bench:
	@"$(PYTHON)" tools/environment.py bench tools/services.py --home var/bench -- python -m bench $(ARGS)

bench-engine:
	@"$(PYTHON)" tools/environment.py bench -m bench.engine $(ARGS)

bench-scale:
	@"$(PYTHON)" tools/environment.py bench tools/services.py --home var/bench -- python -m bench.scale $(ARGS)

soak:
	@"$(PYTHON)" tools/environment.py bench tools/services.py --home var/bench -- python -m bench.soak $(ARGS)

quality:
	@"$(PYTHON)" tools/environment.py dev tools/quality.py

mutate:
	@"$(PYTHON)" tools/environment.py dev -m tools.mutation $(ARGS)

lock:
	@"$(PYTHON)" tools/environment.py dev tools/lock.py
