using DataToEvents.Emulator.Http.Firehose;

namespace DataToEvents.Fuzz.Tests.Targets;

/// <summary>The body of a PutRecordBatch: what the endpoint turns into a SerializationException, or records.</summary>
internal static class PutCalls
{
    public static IReadOnlyList<string> Words { get; } =
        ["\"DeliveryStreamName\"", "\"Records\"", "\"Record\"", "\"Data\"", "\"data-events-stream\"", "{\"Data\":\"eA==\"}", "\"eA=\"", "\"e\\u0041==\"", "\"\\/\\/8=\"", "{", "}", "[", "]", ",", ":"];

    public static void Read(byte[] input)
    {
        try
        {
            var put = PutRequest.Read((byte[])input.Clone());
            BrokenPromiseException.Unless(put.Records.Sum(static record => (long)record.Length) <= input.Length, "decoded data is no longer than its base64");
        }
        catch (JsonException)
        {
            // The endpoint says so to the client.
        }
        catch (InvalidOperationException fault) when (fault.Source?.StartsWith("System.Text.Json", StringComparison.Ordinal) == true)
        {
            // A name that is no Unicode: the endpoint says so, too.
        }
    }
}
