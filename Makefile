# DataToEvents. Bare `make` prints this help.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help amazon-packages conformance public-api build format format-check test fuzz sim kills mutants audit e2e package release bench bench-embedded plan apply destroy run clean

export DOTNET_CLI_TELEMETRY_OPTOUT := 1
export DOTNET_NOLOGO := 1

CONFIGURATION := Release
SOLUTION := DataToEvents.sln
LOCAL := tools/Local/bin/$(CONFIGURATION)/net10.0/local

# Options of `make run`, each of which may be left out.
RUN_OPTIONS = $(if $(INPUT),--input "$(INPUT)") $(if $(RATE),--rate $(RATE)) $(if $(CATALOG),--catalog "$(CATALOG)") \
	$(if $(DATA),--data "$(DATA)") $(if $(PORT),--port $(PORT)) $(if $(FUNCTIONS),--functions $(FUNCTIONS)) $(if $(AUDIT),--audit) $(if $(NO_FEED),--no-feed) $(if $(KEEP_OPEN),--keep-open) $(if $(KEEP),--keep $(KEEP)) $(if $(FRESH),--fresh) $(if $(LISTEN),--listen $(LISTEN)) $(if $(SUMMARY),--summary $(SUMMARY))

help: ## Print this help
	@awk 'BEGIN { FS = ":.*## " } /^[a-z0-9-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

amazon-packages: ## Find out, once, whether the package source serves Amazon's packages, or the stand-ins are built with
	@scripts/amazon-packages

build: amazon-packages ## Restore and build everything
	scripts/compiler-server dotnet build $(SOLUTION) -c $(CONFIGURATION) --nologo -v quiet

format: ## Format all code
	dotnet format whitespace . --folder

format-check: ## Fail if code is not formatted
	dotnet format whitespace . --folder --verify-no-changes

test: build format-check ## Build, check the format, run all tests, name the slowest ten
	.ci/test $(SOLUTION) $(CONFIGURATION)

mutants: amazon-packages ## Measure the tests by mutants (long): make mutants PROJECT=Domain|Application|Emulator [MUTATE=GLOB]
	@dotnet tool restore >&2
	@cd $(if $(filter Application,$(PROJECT)),src/Application,tests/$(or $(PROJECT),Domain)) && CsCheck_Iter=30 dotnet stryker --config-file ../../stryker-config.json \
		$(if $(filter Application,$(PROJECT)),$(foreach tests,Application Functions,--test-project ../../tests/$(tests)/$(tests).Tests.csproj),--project $(or $(PROJECT),Domain).csproj) \
		--configuration $(CONFIGURATION) --concurrency 1 $(if $(MUTATE),--mutate "$(MUTATE)")

conformance: amazon-packages ## Ask any endpoint the recorded cases, AWS included (tests/Emulator/Conformance): make conformance [ENDPOINT=URL|aws] [BUCKET=name]
	scripts/compiler-server dotnet build tests/Emulator -c $(CONFIGURATION) --nologo -v quiet
	CONFORMANCE_ENDPOINT=$(ENDPOINT) CONFORMANCE_BUCKET=$(BUCKET) dotnet test tests/Emulator/bin/$(CONFIGURATION)/net10.0/DataToEvents.Emulator.Tests.dll --nologo --filter FullyQualifiedName~ConformanceTests

public-api: ## Write the libraries' public API into their PublicAPI.Unshipped.txt, with which every build compares it
	@scripts/compiler-server scripts/public-api

audit: build ## Fail if a package is known to be vulnerable, as far as the package source knows
	@.ci/audit

e2e: package ## Play what Terraform deploys, with the packages, and apply its examples, on emulators of AWS: needs Terraform, Python with moto and boto3
	dotnet test tests/Deployed -c $(CONFIGURATION) --nologo --logger "console;verbosity=normal"
	E2E=1 dotnet test tests/Terraform -c $(CONFIGURATION) --nologo --logger "console;verbosity=normal" --filter "FullyQualifiedName~AppliedExampleTests|FullyQualifiedName~ExistingResourcesTests"

package: ## Build the functions' zips for Lambda, and the host, as native executables: make package [ARCH=x86_64|arm64]
	@scripts/compiler-server scripts/package $(ARCH)

release: amazon-packages ## Build what a release holds, in artifacts/release: make release [PARTS="functions packages image terraform sbom"]
	@scripts/compiler-server scripts/release $(PARTS)

bench: package ## Measure the packaged functions as processes of their own: make bench [FUNCTION=Transformer] [BASE=FOLDER with other zips to compare with]
	@scripts/bench $(if $(BASE),--base "$(BASE)") $(FUNCTION)

fuzz: amazon-packages ## Attack every reader of foreign input, guided by coverage: make fuzz [SECONDS=10] [TARGET=name] [SEED=n] [REPLAY=FILE]
	@dotnet build tests/Fuzz -c $(CONFIGURATION) --nologo -v quiet >&2
	@dotnet tests/Fuzz/bin/$(CONFIGURATION)/net10.0/DataToEvents.Fuzz.Tests.dll $(if $(SECONDS),--seconds $(SECONDS)) \
		$(if $(TARGET),--target $(TARGET)) $(if $(SEED),--seed $(SEED)) $(if $(REPLAY),--replay $(REPLAY))

plan: ## Show what `make apply` would change on AWS: make plan [TF="-var-file=my.tfvars"]
	@terraform/run plan $(TF)

apply: ## Deploy to AWS what `make package` built: make apply [TF="-var-file=my.tfvars"]
	@terraform/run apply $(TF)

destroy: ## Take everything away from AWS again (data only after destroy_data=true was applied): make destroy [TF=...]
	@terraform/run destroy $(TF)

run: amazon-packages ## Run the whole path here: make run [INPUT=FILE|-] [RATE=N|max] [CATALOG=FILE] [DATA=DIR] [PORT=N] [FUNCTIONS=process|aws]
	@dotnet build tools/Local -c $(CONFIGURATION) --nologo -v quiet >&2
	@exec $(LOCAL) $(RUN_OPTIONS)

sim: amazon-packages ## Try to break the promises: make sim [SEEDS=N] [KILLS=N]; make sim SEED=n replays one with its trace [BUG=NAME]; MATRIX=FILE writes docs/reliability.md's table
	@dotnet build tests/Simulation -c $(CONFIGURATION) --nologo -v quiet >&2
	@tests/Simulation/bin/$(CONFIGURATION)/net10.0/sim $(if $(SEED),--seed $(SEED),--seeds $(or $(SEEDS),$(if $(MATRIX),16,20000))) $(if $(BUG),--bug $(BUG)) $(if $(MATRIX),--matrix $(MATRIX))
	@$(if $(SEED)$(BUG)$(MATRIX),,$(MAKE) --no-print-directory kills fuzz SECONDS=$(or $(SECONDS),2))

kills: amazon-packages ## Kill the real host with -9 at random moments: make kills [KILLS=200]
	@dotnet build tests/EndToEnd -c $(CONFIGURATION) --nologo -v quiet >&2
	@dotnet tests/EndToEnd/bin/$(CONFIGURATION)/net10.0/DataToEvents.EndToEnd.Tests.dll $(if $(KILLS),--kills $(KILLS))

bench-embedded: amazon-packages ## Measure the embedded host (on an idle machine): make bench-embedded [OUT=FILE.json] [BASE=FILE, another host to compare with] [HOST=FILE, e.g. artifacts/host/local]
	@BASE="$(BASE)" HOST="$(HOST)" benchmarks/embedded $(OUT)

clean: ## Remove what was built (not the data in .data/)
	find src emulator tests tools standins benchmarks examples -type d \( -name bin -o -name obj \) -prune -exec rm -rf {} +
	rm -rf artifacts
