SAMPLE = testdata/district

FUZZTIME = 1m

.PHONY: run test bench fuzz soak lint
run: ## both nights of the shipped sample
	go build -o bin/hedui ./cmd/hedui
	rm -rf $(SAMPLE)/data
	bin/hedui run --config $(SAMPLE)/config.yaml --inbox $(SAMPLE)/2021-05/inbox --as-of 2021-05-10 || test $$? -eq 3
	bin/hedui run --config $(SAMPLE)/config.yaml --inbox $(SAMPLE)/2021-06/inbox --as-of 2021-06-10 || test $$? -eq 3

test:
	go test ./...

bench:
	go test -run '^$$' -bench . -benchmem ./...

fuzz: ## each fuzz target for a minute, or make fuzz FUZZTIME=10m
	@for pkg in $$(go list ./sources/...); do \
		for target in $$(go test -list '^Fuzz' $$pkg | grep ^Fuzz); do \
			go test -run '^$$' -fuzz "^$$target$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 20x $$pkg || exit 1; \
		done; \
	done

soak: ## a year of nights, a thousandth of every roster changed each: what grows
	go test -tags soak -run Soak -v -timeout 2h ./cmd/hedui

lint:
	@test -z "$$(gofmt -l .)" || { gofmt -l .; exit 1; }
	go vet -tags client,office,browser,soak ./...
	go tool staticcheck -tags client,office,browser,soak ./...
