using DataToEvents.Emulator.DeliveryStreams;
using DataToEvents.Emulator.Http.HttpApi;
using DataToEvents.Emulator.Lambda.Mappings;
using DataToEvents.Emulator.Storage;

namespace DataToEvents.Fuzz.Tests.Targets;

/// <summary>The answer of a function over the Runtime API, as each of its callers reads it.</summary>
internal static class Answers
{
    private const int Records = 3;

    public static IReadOnlyList<string> Words { get; } =
    [
        "\"records\"", "\"recordId\"", "\"result\"", "\"data\"", "\"Ok\"", "\"Dropped\"", "\"ProcessingFailed\"", "\"batchItemFailures\"", "\"itemIdentifier\"", "\"statusCode\"", "\"headers\"",
        "\"body\"", "\"isBase64Encoded\"", "\"cookies\"", "200", "\"000000000000000000010000\"", "\"000000000000000000010001\"", "\"eA==\"", "{", "}", "[", "]", ",", ":",
    ];

    public static void Read(byte[] input)
    {
        ReadTransformation(input);
        BrokenPromiseException.Unless(BatchResponse.Failures(input) is not { } failures || failures.All(static id => id.Length > 0), "a failed item has an identifier");
        _ = ProxyResponse.Read(input);
    }

    private static void ReadTransformation(byte[] input)
    {
        var batch = new TransformBatch(1_000_000, Records);
        batch.Reset();
        var row = new DurableRow(1, 0, Records, Records);
        for (var i = 0; i < Records; i++)
        {
            batch.TryAdd(row, i, new byte[1]);
        }

        try
        {
            TransformResponse.Read(input, batch);
        }
        catch (JsonException)
        {
            return;
        }

        BrokenPromiseException.Unless(batch.Results.Count == Records, "every record has one result");
        BrokenPromiseException.Unless(batch.Transformed.WrittenCount <= input.Length, "decoded data is no longer than its base64");
    }
}
