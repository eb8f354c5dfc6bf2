using System.Text;
using DataToEvents.Deployed.Tests.Wiring;

namespace DataToEvents.Deployed.Tests.Promises;

/// <summary>
/// All trials of a deployment: first as it is, with everything that is fed, alone on the machine; then each broken one with less, some at once.
/// </summary>
internal sealed class Trials
{
    private const int Generated = 2_000;
    private const int FewRecords = 60;

    private const int Quick = 60;
    private const int Quicker = 120;

    private readonly Trial _trial;
    private readonly Dictionary<string, Task<IReadOnlyList<string>>> _broken;

    public Trials(Trial trial, string document, IReadOnlyDictionary<string, string> mutated, int atOnce)
    {
        _trial = trial;
        Whole = WholeAsync(document);
        var places = new SemaphoreSlim(atOnce);
        _broken = mutated.ToDictionary(mutation => mutation.Key, mutation => BrokenAsync(mutation.Value, places));
        Ended = Task.WhenAll(_broken.Values.Prepend(Whole));
    }

    public IEnumerable<string> Mutations => _broken.Keys;

    /// <summary>What does not hold of the deployment as it is.</summary>
    public Task<IReadOnlyList<string>> Whole { get; }

    public Task Ended { get; }

    /// <summary>What does not hold of it when it is broken in that way.</summary>
    public Task<IReadOnlyList<string>> Broken(string mutation) => _broken[mutation];

    /// <summary>What the functions wrote last.</summary>
    public override string ToString() => _trial.ToString();

    private async Task<IReadOnlyList<string>> WholeAsync(string document)
    {
        var generated = await GenerateAsync(Generated, seed: 7);
        return await _trial.RunAsync(Encoding.UTF8.GetBytes(document), Feed.Of([.. await EarthquakesAsync(), .. generated], generated.TakeLast(200)), Quick);
    }

    private async Task<IReadOnlyList<string>> BrokenAsync(string document, SemaphoreSlim places)
    {
        await Whole.ContinueWith(_ => { }, TaskScheduler.Default);
        await places.WaitAsync();
        try
        {
            var generated = await GenerateAsync(FewRecords, seed: 11);
            return await _trial.RunAsync(Encoding.UTF8.GetBytes(document), Feed.Of(generated, generated.TakeLast(5)), Quicker);
        }
        finally
        {
            places.Release();
        }
    }

    private static async Task<IReadOnlyList<byte[]>> EarthquakesAsync() =>
        Lines(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "examples", "earthquakes.ndjson")));

    private static async Task<IReadOnlyList<byte[]>> GenerateAsync(int count, int seed) =>
        Lines(await Command.RunAsync(GeneratorTool.Path, ["preview", "--count", $"{count}", "--seed", $"{seed}"]));

    private static byte[][] Lines(string text) => [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Encoding.UTF8.GetBytes)];
}
