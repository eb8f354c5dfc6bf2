namespace DataToEvents.Fuzz.Tests.Targets;

/// <summary>Code that reads input from outside.</summary>
/// <param name="Name">The name of the target and of its corpus folder.</param>
/// <param name="Words">Names and signs that have a meaning for the target.</param>
/// <param name="Run">Reads the input. Returns if it was taken or was refused as announced, and throws if a promise broke.</param>
internal sealed record FuzzTarget(string Name, IReadOnlyList<string> Words, Action<byte[]> Run)
{
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("envelope", Envelopes.Words, Envelopes.Read),
        new("record", RecordTarget.Words, RecordTarget.Read),
        new("catalog", Catalogs.Words, Catalogs.Read),
        new("pattern", Patterns.Words, Patterns.Read),
        new("firehose", PutCalls.Words, PutCalls.Read),
        new("answer", Answers.Words, Answers.Read),
        new("expression", Expressions.Words, Expressions.Read),
    ];

    /// <summary>Inputs that a person or an earlier run found worth keeping.</summary>
    public IReadOnlyList<byte[]> Corpus() =>
        [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Corpus", Name)).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];
}

/// <summary>A promise that an input broke.</summary>
internal sealed class BrokenPromiseException(string promise) : Exception(promise)
{
    public static void Unless(bool holds, string promise)
    {
        if (!holds)
        {
            throw new BrokenPromiseException(promise);
        }
    }
}
