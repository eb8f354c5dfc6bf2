namespace DataToEvents.EndToEnd.Tests.Documents;

/// <summary>
/// Runs every command in the documents against a host, unless another test is named that runs it. A new command that is in neither list fails.
/// </summary>
public sealed class CommandTests : IDisposable
{
    // Beginnings of commands, each with the test that runs it, or with what it would need. A named test's file must exist.
    private static readonly Dictionary<string, string> Elsewhere = new()
    {
        ["make run INPUT=examples/earthquakes.ndjson"] = "tests/EndToEnd/EarthquakeTests.cs",
        ["make run INPUT=records.ndjson"] = "tests/EndToEnd/WholePathTests.cs",
        ["make run"] = "tests/Page/PageTests.cs",
        ["tools/Local/bin/Release/net10.0/local --data .data --no-feed --audit &"] = "tests/EndToEnd/RunningHost.cs",
        ["tools/Local/bin/Release/net10.0/local --data .data --input examples/github.ndjson --consumer"] = "tests/EndToEnd/OwnConsumerTests.cs",
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "tests/EndToEnd/Signals/HostSignalTests.cs",
        ["operator catalog check my.catalog.json"] = "tests/Operator/Commands/CatalogCommandTests.cs",
        ["operator catalog check examples/github.catalog.json"] = "tests/EndToEnd/ExampleCatalogTests.cs",
        ["dotnet tool install DataToEvents.Tool"] = "tests/Dte/ToolPackageTests.cs",
        ["dotnet new "] = "tests/Dte/Newcomer.cs",
        ["dotnet run --project Shop.Orders"] = "tests/Dte/Newcomer.cs",
        ["dte run"] = "tests/Dte/ToolPackageTests.cs",
        ["dotnet run --project examples/Aspire"] = ".ci/aspire",
        ["dotnet test examples/EmulatorTests"] = "examples/EmulatorTests/OrderTests.cs",
        ["make test"] = ".ci/run",
        ["make sim"] = "tests/Simulation/Tests/SeedTests.cs",
        ["make package"] = "tests/Deployed/Engine/FunctionPackages.cs",
        ["make plan"] = "tests/Terraform/Applied/AppliedStack.cs",
        ["make apply"] = "tests/Terraform/Applied/AppliedStack.cs",
        ["dotnet build DataToEvents.sln -p:AmazonPackages=nuget"] = "standins/README.md",

        // A local host has one version of each function.
        ["operator release "] = "tests/Terraform/Applied/AppliedStack.cs",
        ["eval \"$(terraform/run output -raw release_command)\""] = "tests/Terraform/Applied/AppliedStack.cs",

        // Only a bus with a customer's key has dead letters.
        ["operator dead-letters list bus"] = "tests/Recovery/DeadLettersTests.cs",

        // These commands call AWS, which tests cannot. Terraform has the names in them.
        ["aws logs "] = "terraform/modules/lambda/main.tf",
        ["URL=$(terraform -chdir=terraform output -raw ingest_url)"] = "terraform/outputs.tf",
        ["KEY=$(aws apigateway get-api-key "] = "terraform/modules/ingest/stage.tf",
        ["printf 'user = "] = "terraform/modules/ingest/main.tf",
        ["printf 'header = \"x-api-key"] = "terraform/modules/ingest/stage.tf",
        ["aws sqs get-queue-attributes --queue-url \"$(terraform "] = "terraform/outputs.tf",
        ["aws firehose describe-delivery-stream "] = "terraform/modules/kinesis/main.tf",
        ["aws service-quotas "] = "terraform/README.md",
        ["aws lambda get-account-settings"] = "terraform/README.md",
        ["aws cloudwatch get-metric-statistics "] = "terraform/modules/observability/alarms.tf",
        ["operator dead-letters list bus "] = "tests/Recovery/DeadLettersTests.cs",
        ["operator replay --from 26h --to 22h --source store --dry-run"] = "tests/Recovery/ReplayTests.cs",
        ["operator replay --from 2h --source archive --dry-run"] = "tests/Recovery/ReplayTests.cs",
    };

    private readonly DataFolder _folder = new();

    public static TheoryData<string> Documents => new(ShellBlocks.Documents.Where(document => ShellBlocks.Of(document).Any(command => Owner(command) is null)));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Each_command_that_a_document_leaves_to_another_test_is_in_a_document_and_that_test_exists()
    {
        Elsewhere.Values.Where(file => !File.Exists(Path.Combine(BuiltTools.Root, file))).Should().BeEmpty();
        var commands = ShellBlocks.Documents.SelectMany(ShellBlocks.Of).ToList();
        Elsewhere.Keys.Where(beginning => !commands.Exists(command => command.StartsWith(beginning, StringComparison.Ordinal))).Should().BeEmpty();
    }

    [Fact]
    public void Commands_stand_in_blocks_that_say_so() => ShellBlocks.Documents.SelectMany(ShellBlocks.Hidden).Should().BeEmpty("a block of commands begins with ```sh");

    [AwsCliTheory]
    [MemberData(nameof(Documents))]
    public async Task Its_commands_run_as_they_stand(string document)
    {
        using var host = await RunningHost.StartAsync(_folder.Data, "inprocess", 0, "--audit");
        await host.PutAsync(Enumerable.Range(0, 5).Select(TestOrders.Order));
        await host.AwaitDeliveredAsync(5);
        await LakeAsync();

        var commands = ShellBlocks.Of(document).Where(command => Owner(command) is null).SelectMany(command => Here(command, host.Url)).ToList();
        var (exitCode, output) = await RunAsync(commands);

        exitCode.Should().Be(0, "{0}\n{1}", string.Join('\n', commands), output[^Math.Min(output.Length, 4_000)..]);
    }

    /// <summary>The lake writes an object when it is full or after five seconds.</summary>
    private async Task LakeAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!Directory.Exists(Path.Combine(_folder.Data, "lake", "events")) || RunningHost.LakeLines(_folder.Data).Count < 5)
        {
            await pause.WaitForNextTickAsync(patience.Token);
        }
    }

    private static string? Owner(string command) =>
        Elsewhere.Where(entry => command.StartsWith(entry.Key, StringComparison.Ordinal)).OrderByDescending(entry => entry.Key.Length).Select(entry => entry.Value).FirstOrDefault();

    /// <summary>The same command with this host's address and directory, the built executables, and a smaller load.</summary>
    private IEnumerable<string> Here(string command, string url)
    {
        if (command.Contains(" verify ", StringComparison.Ordinal))
        {
            // verify waits for one minute by default. A busy machine may need longer.
            yield return $"until curl --fail --silent {url}/metrics | grep -q '^datatoevents_pending 0'; do read -rt 0.2 <> <(:) || :; done";
        }

        yield return OnThisHost(command, url);
    }

    private string OnThisHost(string command, string url) => Begins(command)
        .Replace("http://127.0.0.1:5080", url, StringComparison.Ordinal)
        .Replace("--data .data", $"--data {_folder.Data}", StringComparison.Ordinal)
        .Replace("--bucket \"$BUCKET\"", $"--data {_folder.Data}", StringComparison.Ordinal)
        .Replace(AwsCli.IsSecondVersion ? "\0" : " --cli-binary-format raw-in-base64-out", "", StringComparison.Ordinal)
        .Replace("--count 100000", "--count 2000", StringComparison.Ordinal)
        .Replace("--count 10000", "--count 1000", StringComparison.Ordinal);

    private static string Begins(string command)
    {
        foreach (var (typed, executable) in new[]
        {
            ("dotnet run --project tools/Generator -c Release -- ", BuiltTools.Generator),
            ("dotnet run --project tools/Operator -c Release -- ", BuiltTools.Operator),
            ("dte ", BuiltTools.Dte),
            ("generator ", BuiltTools.Generator),
            ("operator ", BuiltTools.Operator),
        })
        {
            if (command.StartsWith(typed, StringComparison.Ordinal))
            {
                return $"{executable} {command[typed.Length..]}";
            }
        }

        return command.StartsWith("curl ", StringComparison.Ordinal) ? $"curl --fail --silent --show-error {command["curl ".Length..]}" : command;
    }

    private async Task<(int ExitCode, string Output)> RunAsync(IEnumerable<string> commands)
    {
        var start = new ProcessStartInfo("bash", ["-euo", "pipefail"]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetDirectoryName(_folder.Data) };
        start.Environment["PYTHONIOENCODING"] = "utf-8";
        using var bash = Process.Start(start)!;
        var errors = bash.StandardError.ReadToEndAsync();
        await bash.StandardInput.WriteAsync("exec 2>&1\n" + string.Join('\n', commands) + '\n');
        bash.StandardInput.Close();
        var output = await bash.StandardOutput.ReadToEndAsync() + await errors;
        await bash.WaitForExitAsync();
        return (bash.ExitCode, output);
    }
}
