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

    public WireAnswer Answer(WireRequest request)
    {
        var json = JsonNode.Parse(request.Body)!;
        return WireAnswer.Json((json["Entries"] is { } entries ? SendBatch(entries.AsArray()) : Send(json)).ToJsonString());
    }

    public static SqsEventQueue Queue(FakeAws wire) => new(Client(wire), new SqsOptions(QueueUrl, SqsOptions.QueueVariable));

    public static SqsDeadLetters DeadLetters(FakeAws wire) => new(Client(wire), new SqsOptions(QueueUrl, SqsOptions.DeadLettersVariable));

#pragma warning disable CA5351 // SQS's own choice; the SDK compares it.
    public static string Md5(string body) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(body)));
#pragma warning restore CA5351

    private static AmazonSQSClient Client(FakeAws wire) => new(wire.Plays(SdkSettings.Of<AmazonSQSConfig>()));

    private JsonObject SendBatch(JsonArray entries)
    {
        var taken = new JsonArray();
        foreach (var entry in entries)
        {
            var answer = Send(entry!);
            answer["Id"] = Text(entry, "Id");
            taken.Add(answer);
        }

        return new JsonObject { ["Successful"] = taken };
    }

    private JsonObject Send(JsonNode entry)
    {
        var (group, body) = (Text(entry, "MessageGroupId"), Text(entry, "MessageBody"));
        if (_seen.Add((group, Text(entry, "MessageDeduplicationId"))))
        {
            _messages.Add((group, body));
        }

        return new JsonObject { ["MessageId"] = "m", ["MD5OfMessageBody"] = Md5(body), ["SequenceNumber"] = "1" };
    }

    private static string Text(JsonNode? entry, string name) => entry![name]!.GetValue<string>();
}
