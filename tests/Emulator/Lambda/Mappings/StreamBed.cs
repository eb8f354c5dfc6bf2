using DataToEvents.Emulator.Lambda.Mappings;
using DataToEvents.Emulator.Tests.Tables;

namespace DataToEvents.Emulator.Tests.Lambda.Mappings;

/// <summary>Runs mappings of a table's stream until they have nothing more to do.</summary>
internal static class StreamBed
{
    public const string AllGood = """{"batchItemFailures":[]}""";

    public static StreamEventSourceOptions Options { get; } = new() { Id = "mapping" };

    public static StreamEventSourceStats Run(TableBed bed, IInvocable function, StreamEventSourceOptions? options = null, IOnFailureDestination? onFailure = null, params Func<Task>[] steps) =>
        Run(bed, function, options, new Random(1), onFailure, steps);

    public static StreamEventSourceStats Run(TableBed bed, IInvocable function, StreamEventSourceOptions? options, Random random, IOnFailureDestination? onFailure, params Func<Task>[] steps)
    {
        StreamEventSource source = null!;
        OneThread.Run(async () =>
        {
            source = await StreamEventSource.OpenAsync(bed.Database, bed.Table, function, options ?? Options, onFailure, bed.Time, random);
            using var stop = new CancellationTokenSource();
            var running = source.RunAsync(stop.Token);
            await OneThread.IdleAsync();
            foreach (var step in steps)
            {
                await step();
                await OneThread.IdleAsync();
            }

            stop.Cancel();
            await running;
        });
        return source.Stats;
    }

    /// <summary>Steps of one minute each, enough for all retries.</summary>
    public static Func<Task>[] Wait(TableBed bed, int times = 20) => [.. Enumerable.Repeat(
        () =>
        {
            bed.Time.Advance(TimeSpan.FromMinutes(1));
            return Task.CompletedTask;
        },
        times)];

    /// <summary>Reports the first record of a batch whose sort key starts with "bad" as failed.</summary>
    public static string FailBad(JsonNode input) => input["Records"]!.AsArray().FirstOrDefault(IsBad) is { } bad
        ? $$"""{"batchItemFailures":[{"itemIdentifier":"{{bad["dynamodb"]!["SequenceNumber"]}}"}]}"""
        : AllGood;

    public static Task<InvocationResult> ThrowOnBad(JsonNode input) => Task.FromResult(input["Records"]!.AsArray().Any(IsBad)
        ? InvocationResult.Failure("Exception", "bad")
        : InvocationResult.Success(Encoding.UTF8.GetBytes(AllGood)));

    public static IEnumerable<string> SortKeys(JsonNode input) =>
        input["Records"]!.AsArray().Select(record => record!["dynamodb"]!["Keys"]!["sk"]!["S"]!.GetValue<string>());

    /// <summary>The batches that were passed to the function, each as its sort keys.</summary>
    public static IEnumerable<string> Batches(FakeFunction function) => function.Events.Select(input => string.Join(' ', SortKeys(input)));

    private static bool IsBad(JsonNode? record) => record!["dynamodb"]!["Keys"]!["sk"]!["S"]!.GetValue<string>().StartsWith("bad", StringComparison.Ordinal);
}

internal sealed class CollectedFailures : IOnFailureDestination
{
    public Dictionary<string, JsonNode> Objects { get; } = [];

    /// <summary>The sort keys of all records, in the order in which they came.</summary>
    public IEnumerable<string> SortKeys => Objects.Values.SelectMany(written => StreamBed.SortKeys(JsonNode.Parse(written["payload"]!.GetValue<string>())!));

    public bool RefusesAll { get; init; }

    public Task WriteAsync(string key, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        if (RefusesAll)
        {
            throw new ServiceException("AccessDenied", "Access Denied");
        }

        Objects.Add(key, JsonNode.Parse(body.Span)!);
        return Task.CompletedTask;
    }
}
