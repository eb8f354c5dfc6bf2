using DataToEvents.Deployed.Tests.Cures;
using DataToEvents.Deployed.Tests.Engine;
using DataToEvents.Deployed.Tests.Promises;

namespace DataToEvents.Deployed.Tests.Wiring;

[CollectionDefinition(nameof(DeployedWiring))]
public sealed class DeployedWiringCollection : ICollectionFixture<DeployedWiring>;

/// <summary>
/// The deployment that Terraform makes on moto from the configuration and the functions' packages, read back through AWS's own APIs: whole, and
/// broken on purpose in several ways. It is applied once for all tests, and they play these documents.
/// </summary>
public sealed class DeployedWiring : IAsyncLifetime
{
    /// <summary>A trial waits most of its time, so that several can share two processors.</summary>
    private const int TrialsAtOnce = 3;

    private readonly DirectoryInfo _unpacked = Directory.CreateTempSubdirectory("datatoevents-packages-");
    private readonly CancellationTokenSource _over = new();
    private Moto? _moto;
    private Terraform? _terraform;
    private Trials? _trials;

    /// <summary>Whether a second plan shows changes, and which.</summary>
    internal (int ExitCode, string Output) SecondPlan { get; private set; }

    /// <summary>What is there after <c>terraform destroy</c>, by kind.</summary>
    internal Task<Dictionary<string, int>> Leftovers { get; private set; } = null!;

    internal Trials Trials => _trials!;

    public async Task InitializeAsync()
    {
        if (Requirements.Missing is not null)
        {
            return;
        }

        _moto = await Moto.StartAsync();
        _terraform = new Terraform(_moto.Endpoint);
        await _terraform.ApplyAsync();
        var places = Places.Read(await _terraform.RunAsync("output", "-json", "-no-color"));
        string[] aws = [_moto.Endpoint, Terraform.Region];
        var document = await Driver.RunAsync("discover.py", aws);
        SecondPlan = await _terraform.PlanAsync();
        var changed = (await Driver.RunAsync("mutate.py", aws)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)
            .ToLookup(line => line.GetProperty("kind").GetString(), line => (Title: line.GetProperty("title").GetString()!, Deployment: line.GetProperty("deployment").GetRawText()));
        var packages = FunctionPackages.Unpack(BuiltPackages.Folder, _unpacked.FullName);
        var mending = new Mending(packages, places, document, changed["mutation"].Concat(changed["trouble"]).ToDictionary());
        _trials = new Trials(new Trial(packages, places), mending, document, changed["mutation"].ToDictionary(), changed["variant"].ToDictionary(), TrialsAtOnce);
        Leftovers = DestroyAsync(aws);
    }

    public async Task DisposeAsync()
    {
        if (_moto is not null)
        {
            await Task.WhenAll(_trials?.Ended ?? Task.CompletedTask, Leftovers ?? Task.CompletedTask).ContinueWith(_ => { }, TaskScheduler.Default);
            _moto.Dispose();
            _terraform?.Dispose();
        }

        _over.Dispose();
        _unpacked.Delete(recursive: true);
    }

    private async Task<Dictionary<string, int>> DestroyAsync(string[] aws)
    {
        await _terraform!.DestroyAsync();
        return JsonSerializer.Deserialize<Dictionary<string, int>>(await Driver.RunAsync("leftovers.py", aws))!;
    }
}
