using Amazon.EventBridge;
using Amazon.EventBridge.Model;
using Amazon.SQS;
using Amazon.SQS.Model;

namespace DataToEvents.Recovery.Probes;

/// <summary>
/// Publishes payloads that a service on the way may change, and compares them with what a queue behind the bus receives. AWS does not
/// document whether a detail keeps its bytes.
/// </summary>
/// <param name="bridge">Publishes.</param>
/// <param name="sqs">Receives.</param>
/// <param name="bus">The name of the bus.</param>
/// <param name="time">Ends the waiting.</param>
internal sealed class BusProbe(IAmazonEventBridge bridge, IAmazonSQS sqs, string bus, TimeProvider time)
{
    /// <summary>The rule of the path does not match this source, so that the consumer is not called.</summary>
    public const string Source = "datatoevents.probe";

    /// <summary>How many seconds other messages of the queue stay hidden, if this program ends before it makes them visible again.</summary>
    private const int HiddenSeconds = 60;

    private static readonly JsonDocumentOptions AnyDepth = new() { MaxDepth = 1_010 };

    /// <summary>JSON values, by what is special about each.</summary>
    private static readonly (string Name, string Json)[] Payloads =
    [
        ("fraction of zero", "1.0"),
        ("trailing zeros", "0.1000"),
        ("exponent", "[1e3,1E+05]"),
        ("minus zero", "-0"),
        ("more than a double", "[1e400,12345678901234567890.10]"),
        ("integer of 64 bits", "[9223372036854775807,-9223372036854775808]"),
        ("integer beyond 64 bits", "18446744073709551616"),
        ("white space", """{ "a" : [ 1 , 2 ] }"""),
        ("order of members", """{"z":1,"a":2}"""),
        ("member twice", """{"a":1,"a":2}"""),
        ("text beyond ASCII", "\"José 漢 😀\""),
        ("escaped text", """["\u00e9","\ud83d\ude00","\/","\u007f"]"""),
        ("control characters", """["\u0000","\u001f"]"""),
        ("half a surrogate pair", "\"\\ud800\""),
        ("line separators", "\"\u2028\u2029\ufeff\""),
        ("990 levels", $"{new string('[', 988)}{new string(']', 988)}"),
    ];

    /// <param name="queue">The name of a queue to which a rule copies all events of the bus.</param>
    /// <param name="patience">How long to wait for events that do not come.</param>
    /// <param name="stopping">Ends the waiting.</param>
    /// <exception cref="QueueDoesNotExistException">There is no queue of that name.</exception>
    public async Task<IReadOnlyList<ProbeResult>> RunAsync(string queue, TimeSpan patience, CancellationToken stopping)
    {
        var url = (await sqs.GetQueueUrlAsync(queue, stopping)).QueueUrl;
        var run = Guid.NewGuid().ToString("N");
        var sent = Payloads.Select((payload, number) => $$"""{"probe":"{{run}}","number":{{number}},"data":{{payload.Json}}}""").ToArray();
        var results = new string?[sent.Length];
        for (var i = 0; i < sent.Length; i++)
        {
            // One call for each, because a payload that the bus refuses may make it refuse the whole call.
            results[i] = await PublishAsync(sent[i], stopping);
        }

        await CompareAsync(url, run, sent, results, patience, stopping);
        return [.. results.Select((result, number) => new ProbeResult(Payloads[number].Name, result ?? $"did not arrive in {queue} within {patience.TotalSeconds:0} s"))];
    }

    /// <returns>Why the bus does not take it; null when it does.</returns>
    private async Task<string?> PublishAsync(string detail, CancellationToken stopping)
    {
        var entry = new PutEventsRequestEntry { EventBusName = bus, Source = Source, DetailType = "Probe", Detail = detail };
        try
        {
            var answer = (await bridge.PutEventsAsync(new PutEventsRequest { Entries = [entry] }, stopping)).Entries[0];
            return string.IsNullOrEmpty(answer.ErrorCode) ? null : $"{ProbeResult.Refused}: {answer.ErrorCode}: {answer.ErrorMessage}";
        }
        catch (AmazonEventBridgeException fault) when (fault.StatusCode == HttpStatusCode.BadRequest)
        {
            return $"{ProbeResult.Refused}: {fault.ErrorCode}: {fault.Message}";
        }
    }

    private async Task CompareAsync(string url, string run, string[] sent, string?[] results, TimeSpan patience, CancellationToken stopping)
    {
        var request = new ReceiveMessageRequest(url) { MaxNumberOfMessages = 10, WaitTimeSeconds = 1, VisibilityTimeout = HiddenSeconds };
        var others = new List<Message>();
        var start = time.GetTimestamp();
        try
        {
            while (results.Contains(null) && time.GetElapsedTime(start) < patience)
            {
                foreach (var message in (await sqs.ReceiveMessageAsync(request, stopping)).Messages ?? [])
                {
                    if (NumberOf(message, run, out var detail) is not { } number)
                    {
                        others.Add(message);
                        continue;
                    }

                    results[number] = detail == sent[number] ? ProbeResult.SameBytes : $"changed: {detail}";
                    await sqs.DeleteMessageAsync(url, message.ReceiptHandle, stopping);
                }
            }
        }
        finally
        {
            foreach (var message in others)
            {
                await sqs.ChangeMessageVisibilityAsync(url, message.ReceiptHandle, 0, CancellationToken.None);
            }
        }
    }

    private static int? NumberOf(Message message, string run, out string detail)
    {
        using var json = JsonDocument.Parse(message.Body, AnyDepth);
        var found = json.RootElement.TryGetProperty("source", out var source) && source.ValueEquals(Source) ? json.RootElement.GetProperty("detail") : default;
        var isOurs = found.ValueKind == JsonValueKind.Object && found.TryGetProperty("probe", out var id) && id.ValueEquals(run);
        detail = isOurs ? found.GetRawText() : "";
        return isOurs ? found.GetProperty("number").GetInt32() : null;
    }
}

/// <param name="Payload">The special property of the payload.</param>
/// <param name="Answer">The result of the probe.</param>
internal sealed record ProbeResult(string Payload, string Answer)
{
    public const string SameBytes = "same bytes";
    public const string Refused = "refused";

    public bool Arrived => Answer == SameBytes;
}
