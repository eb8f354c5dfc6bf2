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

    /// <summary>What a deployment has beside with the settings that the first one leaves out: a customer's key, a queue before the consumer, records over HTTP.</summary>
    private static readonly (string Name, string Value)[] Further =
    [
        ("encryption", """{"key":"customer"}"""), ("consumer", """{"queue":{"max_receives":5}}"""), ("ingest_api", """{"create":true,"access_log":"off"}"""),
    ];

    private readonly DirectoryInfo _unpacked = Directory.CreateTempSubdirectory("datatoevents-packages-");
    private readonly CancellationTokenSource _over = new();
    private Moto? _moto;
    private Terraform? _terraform;
    private Terraform? _further;
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
        _further = new Terraform(_moto.Endpoint, "eu-west-1", Further);
        await Task.WhenAll(_terraform.ApplyAsync(), _further.ApplyAsync());
        var packages = FunctionPackages.Unpack(BuiltPackages.Folder, _unpacked.FullName);
        var (places, furtherPlaces) = (await PlacesAsync(_terraform), await PlacesAsync(_further));
        var document = await Driver.RunAsync("discover.py", Aws(_terraform));
        SecondPlan = await _terraform.PlanAsync();
        var changed = await ChangedAsync(Aws(_terraform));
        var further = await ChangedAsync([.. Aws(_further), "further"]);
        var mending = new Mending(packages, places, document, changed["mutation"].Concat(changed["trouble"]).ToDictionary());
        var (trial, furtherTrial) = (new Trial(packages, places), new Trial(packages, furtherPlaces));
        _trials = new Trials(
            trial, mending, document,
            Played(trial, changed["mutation"]).Concat(Played(furtherTrial, further["mutation"])).ToDictionary(),
            Played(trial, changed["variant"]).Concat(Played(furtherTrial, further["variant"])).ToDictionary(),
            TrialsAtOnce);
        Leftovers = DestroyAsync();
    }

    public async Task DisposeAsync()
    {
        if (_moto is not null)
        {
            await Task.WhenAll(_trials?.Ended ?? Task.CompletedTask, Leftovers ?? Task.CompletedTask).ContinueWith(_ => { }, TaskScheduler.Default);
            _moto.Dispose();
            _terraform?.Dispose();
            _further?.Dispose();
        }

        _over.Dispose();
        _unpacked.Delete(recursive: true);
    }

    private string[] Aws(Terraform terraform) => [_moto!.Endpoint, terraform.Region];

    private static async Task<Places> PlacesAsync(Terraform terraform) => Places.Read(await terraform.RunAsync("output", "-json", "-no-color"));

    /// <summary>The deployment as it is discovered after each change, by the kind of change.</summary>
    private static async Task<ILookup<string?, (string Title, string Deployment)>> ChangedAsync(string[] arguments) =>
        (await Driver.RunAsync("mutate.py", arguments)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)
            .ToLookup(line => line.GetProperty("kind").GetString(), line => (Title: line.GetProperty("title").GetString()!, Deployment: line.GetProperty("deployment").GetRawText()));

    private static IEnumerable<KeyValuePair<string, (Trial Trial, string Deployment)>> Played(Trial trial, IEnumerable<(string Title, string Deployment)> changes) =>
        changes.Select(change => KeyValuePair.Create(change.Title, (trial, change.Deployment)));

    private async Task<Dictionary<string, int>> DestroyAsync()
    {
        await Task.WhenAll(_terraform!.DestroyAsync(), _further!.DestroyAsync());
        return JsonSerializer.Deserialize<Dictionary<string, int>>(await Driver.RunAsync("leftovers.py", Aws(_terraform)))!;
    }
}
