using DataToEvents.Deployed.Tests.Cures;
using DataToEvents.Deployed.Tests.Wiring;

namespace DataToEvents.Deployed.Tests.Promises;

/// <summary>
/// All trials of a deployment. The first plays it as it is, with the whole feed, alone on the machine. The others play it with another setting, and each broken
/// one, with a shorter feed, some at the same time.
/// </summary>
internal sealed class Trials
{
    private const int Generated = 2_000;
    private const int FewRecords = 60;

    // On a slow machine a function may take longer than the visibility timeout. Its messages are then received again, and set aside in the end.
    private const int Quick = 30;
    private const int QuickWithFew = 120;

    private readonly Trial _trial;
    private readonly SemaphoreSlim _places;
    private readonly Dictionary<string, Task<IReadOnlyList<string>>> _broken;
    private readonly Dictionary<string, Task<IReadOnlyList<string>>> _otherwise;
    private readonly Dictionary<string, Task> _cured;

    public Trials(Trial trial, Mending mending, string document, IReadOnlyDictionary<string, (Trial Trial, string Document)> mutated, IReadOnlyDictionary<string, (Trial Trial, string Document)> variants, int atOnce)
    {
        (_trial, _places) = (trial, new SemaphoreSlim(atOnce));
        Whole = WholeAsync(document);
        _otherwise = variants.ToDictionary(variant => variant.Key, variant => AfterwardsAsync(variant.Value.Trial, variant.Value.Document, async () => Feed.Of(await EarthquakesAsync(), []), Quick));
        _broken = mutated.ToDictionary(mutation => mutation.Key, mutation => AfterwardsAsync(mutation.Value.Trial, mutation.Value.Document, FewAsync, QuickWithFew));
        _cured = Cure.All.ToDictionary(cure => cure.Key, Task (cure) => AfterwardsAsync(async () =>
        {
            await mending.RunAsync(cure.Value);
            return true;
        }));
        Ended = Task.WhenAll([Whole, .. _otherwise.Values, .. _broken.Values, .. _cured.Values]);
    }

    public IEnumerable<string> Mutations => _broken.Keys;

    /// <summary>What does not hold of the deployment as it is.</summary>
    public Task<IReadOnlyList<string>> Whole { get; }

    public Task Ended { get; }

    /// <summary>What does not hold of it when it is broken in that way.</summary>
    public Task<IReadOnlyList<string>> Broken(string mutation) => _broken[mutation];

    /// <summary>What does not hold of it with that other setting.</summary>
    public Task<IReadOnlyList<string>> With(string variant) => _otherwise[variant];

    /// <summary>Plays the case with that name. Fails with the differences from its expected result.</summary>
    public Task Cured(string name) => _cured[name];

    /// <summary>What the functions wrote last.</summary>
    public override string ToString() => _trial.ToString();

    private async Task<IReadOnlyList<string>> WholeAsync(string document)
    {
        var generated = await GenerateAsync(Generated, seed: 7);
        return await _trial.RunAsync(Encoding.UTF8.GetBytes(document), Feed.Of([.. await EarthquakesAsync(), .. generated], generated.TakeLast(200)), Quick);
    }

    private Task<IReadOnlyList<string>> AfterwardsAsync(Trial trial, string document, Func<Task<List<FedRecord>>> feed, int clockFactor) =>
        AfterwardsAsync(async () => await trial.RunAsync(Encoding.UTF8.GetBytes(document), await feed(), clockFactor));

    private async Task<T> AfterwardsAsync<T>(Func<Task<T>> play)
    {
        await Whole.ContinueWith(_ => { }, TaskScheduler.Default);
        await _places.WaitAsync();
        try
        {
            return await play();
        }
        finally
        {
            _places.Release();
        }
    }

    private static async Task<List<FedRecord>> FewAsync()
    {
        var generated = await GenerateAsync(FewRecords, seed: 11);
        return Feed.Of(generated, generated.TakeLast(5));
    }

    private static async Task<IReadOnlyList<byte[]>> EarthquakesAsync() =>
        Lines(await File.ReadAllTextAsync(Path.Combine(BuiltTools.Root, "examples", "earthquakes.ndjson")));

    private static async Task<IReadOnlyList<byte[]>> GenerateAsync(int count, int seed) =>
        Lines(await Command.RunAsync(BuiltTools.Generator, ["preview", "--count", $"{count}", "--seed", $"{seed}"]));

    private static byte[][] Lines(string text) => [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Encoding.UTF8.GetBytes)];
}
