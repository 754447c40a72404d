SAMPLE = testdata/district

FUZZTIME = 1m

# The commit is stamped, not noted by Go, which would note the clone's state too; and
# no path of the machine stands in the program: built anywhere, the bytes are the same.
STAMP ?= $(shell git describe --always --dirty --abbrev=12 2>/dev/null)

.PHONY: build reproducible run test bench bench-floor bench-run bench-workbooks bench-change bench-snapshot bench-record fuzz soak lint
build:
	go build -trimpath -buildvcs=false -ldflags '-buildid= -X main.stamp=$(STAMP)' -o bin/hedui ./cmd/hedui

reproducible: ## built twice, in two folders and from nothing the second time: the same bytes
	./.ci/reproducible $(STAMP)

run: ## both nights of the shipped sample
	go build -o bin/hedui ./cmd/hedui
	rm -rf $(SAMPLE)/data
	bin/hedui run --config $(SAMPLE)/config.yaml --inbox $(SAMPLE)/2021-05/inbox --as-of 2021-05-10 || test $$? -eq 3
	bin/hedui run --config $(SAMPLE)/config.yaml --inbox $(SAMPLE)/2021-06/inbox --as-of 2021-06-10 || test $$? -eq 3

test:
	go test -timeout 60m ./pipeline ./...

bench:
	go test -run '^$$' -bench . -benchmem ./...

PERSONS = 1000000
COUNT = 5
BENCH = HEDUI_PERSONS=$(PERSONS) go test -run '^$$' -benchtime 1x -count $(COUNT) -timeout 0

# Five rounds each over a clean district of PERSONS, whose median docs/benchmarks.md tells.
bench-floor: ## what DuckDB alone needs for the same findings, by script
	$(BENCH) -bench 'BenchmarkFloor$$' ./cmd/hedui
bench-run: ## a whole first night over the same CSVs, by stage, with and without workbooks
	$(BENCH) -bench 'BenchmarkRun$$' ./cmd/hedui
bench-workbooks: ## what excelize's stream writer alone needs for the cells of that night's workbooks
	$(BENCH) -bench 'BenchmarkWorkbooksFloor$$' ./cmd/hedui
bench-change: ## nights after the first: nothing changed, or a thousandth of one roster
	$(BENCH) -bench 'BenchmarkChange$$' ./cmd/hedui
bench-snapshot: ## a roster of 500,000 rows merged into its history
	$(BENCH) -bench 'BenchmarkSnapshot$$' ./pipeline/warehouse
bench-record: ## 100,000 findings entered into the ledger
	$(BENCH) -bench 'BenchmarkRecord$$' ./pipeline/ledger

fuzz: ## each fuzz target for a minute, or make fuzz FUZZTIME=10m
	@for pkg in $$(go list ./sources/... ./reports ./pipeline/fault); do \
		for target in $$(go test -list '^Fuzz' $$pkg | grep ^Fuzz); do \
			go test -run '^$$' -fuzz "^$$target$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 20x $$pkg || exit 1; \
		done; \
	done

soak: ## a year of nights, a thousandth of every roster changed each: what grows
	go test -tags soak -run Soak -v -timeout 2h ./cmd/hedui

lint:
	@test -z "$$(gofmt -l .)" || { gofmt -l .; exit 1; }
	go vet -tags client,office,browser,faults,soak ./...
	go tool staticcheck -tags client,office,browser,faults,soak ./...
