using Amazon.SQS;
using DataToEvents.Adapters.Aws;
using DataToEvents.Adapters.Sqs;
using DataToEvents.Adapters.Tests.Wire;

namespace DataToEvents.Adapters.Tests.Sqs;

/// <summary>A FIFO queue at the wire: deduplicates within a group, and never forgets.</summary>
internal sealed class FakeSqs
{
    public const string QueueUrl = "http://aws.test/123456789012/events.fifo";

    private readonly HashSet<(string Group, string Deduplication)> _seen = [];
    private readonly List<(string Group, string Body)> _messages = [];

    public FakeSqs() => Wire = new FakeAws(Answer);

    public FakeAws Wire { get; }

    public IReadOnlyList<(string Group, string Body)> Messages => _messages;

    public WireAnswer Answer(WireRequest request) => WireAnswer.Json(Send(JsonNode.Parse(request.Body)!).ToJsonString());

    public static SqsEventQueue Queue(FakeAws wire) =>
        new(new AmazonSQSClient(wire.Plays(SdkSettings.Of<AmazonSQSConfig>())), new SqsOptions(QueueUrl));

#pragma warning disable CA5351 // SQS's own choice; the SDK compares it.
    public static string Md5(string body) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(body)));
#pragma warning restore CA5351

    private JsonObject Send(JsonNode request)
    {
        var taken = new JsonArray();
        foreach (var entry in request["Entries"]!.AsArray())
        {
            var (group, body) = (Text(entry, "MessageGroupId"), Text(entry, "MessageBody"));
            if (_seen.Add((group, Text(entry, "MessageDeduplicationId"))))
            {
                _messages.Add((group, body));
            }

            taken.Add(new JsonObject { ["Id"] = Text(entry, "Id"), ["MessageId"] = "m", ["MD5OfMessageBody"] = Md5(body), ["SequenceNumber"] = "1" });
        }

        return new JsonObject { ["Successful"] = taken };
    }

    private static string Text(JsonNode? entry, string name) => entry![name]!.GetValue<string>();
}
