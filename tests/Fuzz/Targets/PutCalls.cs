using DataToEvents.Emulator.Http;
using DataToEvents.Emulator.Http.Firehose;

namespace DataToEvents.Fuzz.Tests.Targets;

/// <summary>The body of a PutRecordBatch. The endpoint refuses it with a SerializationException or a ValidationException, or reads records.</summary>
internal static class PutCalls
{
    public static IReadOnlyList<string> Words { get; } =
        ["\"DeliveryStreamName\"", "\"Records\"", "\"Record\"", "\"Data\"", "\"data-events-stream\"", "{\"Data\":\"eA==\"}", "\"eA=\"", "\"e\\u0041==\"", "\"\\/\\/8=\"", "{", "}", "[", "]", ",", ":"];

    public static void Read(byte[] input)
    {
        try
        {
            var put = PutRequest.Read(FirehoseService.PutRecordBatch, (byte[])input.Clone());
            BrokenPromiseException.Unless(put.Records.Sum(static record => (long)record.Length) <= input.Length, "decoded data is no longer than its base64");
        }
        catch (JsonException)
        {
            // The endpoint says so to the client.
        }
        catch (AwsException)
        {
            // A member that PutRecordBatch does not have is refused by its name.
        }
        catch (InvalidOperationException fault) when (fault.Source?.StartsWith("System.Text.Json", StringComparison.Ordinal) == true)
        {
            // The name is no valid Unicode. The endpoint reports this to the client, too.
        }
    }
}
