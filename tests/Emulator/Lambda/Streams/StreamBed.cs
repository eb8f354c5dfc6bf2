using System.Text;
using System.Text.Json.Nodes;
using DataToEvents.Emulator.Delivery;
using DataToEvents.Emulator.Lambda.Streams;
using DataToEvents.Emulator.Tests.Tables;

namespace DataToEvents.Emulator.Tests.Lambda.Streams;

/// <summary>Runs stream event sources of a table until they have nothing more to do.</summary>
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

    /// <summary>A step that lets the clock go on as often as it takes retries to be over.</summary>
    public static Func<Task>[] Wait(TableBed bed, int times = 20) => [.. Enumerable.Repeat(
        () =>
        {
            bed.Time.Advance(TimeSpan.FromMinutes(1));
            return Task.CompletedTask;
        },
        times)];

    /// <summary>Names the first record of each batch whose sort key starts with "bad" as failed.</summary>
    public static string FailBad(JsonNode input) => input["Records"]!.AsArray().FirstOrDefault(IsBad) is { } bad
        ? $$"""{"batchItemFailures":[{"itemIdentifier":"{{bad["dynamodb"]!["SequenceNumber"]}}"}]}"""
        : AllGood;

    public static Task<InvocationResult> ThrowOnBad(JsonNode input) => Task.FromResult(input["Records"]!.AsArray().Any(IsBad)
        ? InvocationResult.Failure("Exception", "bad")
        : InvocationResult.Success(Encoding.UTF8.GetBytes(AllGood)));

    public static IEnumerable<string> SortKeys(JsonNode input) =>
        input["Records"]!.AsArray().Select(record => record!["dynamodb"]!["Keys"]!["sk"]!["S"]!.GetValue<string>());

    /// <summary>The batches that the function was given, each as its sort keys.</summary>
    public static IEnumerable<string> Batches(FakeFunction function) => function.Events.Select(input => string.Join(' ', SortKeys(input)));

    private static bool IsBad(JsonNode? record) => record!["dynamodb"]!["Keys"]!["sk"]!["S"]!.GetValue<string>().StartsWith("bad", StringComparison.Ordinal);
}

internal sealed class CollectedFailures : IOnFailureDestination
{
    public Dictionary<string, JsonNode> Objects { get; } = [];

    /// <summary>The sort keys of all records, in the order in which they came.</summary>
    public IEnumerable<string> SortKeys => Objects.Values.SelectMany(written => StreamBed.SortKeys(JsonNode.Parse(written["payload"]!.GetValue<string>())!));

    public Task WriteAsync(string key, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        Objects.Add(key, JsonNode.Parse(body.Span)!);
        return Task.CompletedTask;
    }
}
