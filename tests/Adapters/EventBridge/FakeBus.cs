using Amazon.EventBridge;
using DataToEvents.Adapters.Aws;
using DataToEvents.Adapters.EventBridge;
using DataToEvents.Adapters.Tests.Contracts;
using DataToEvents.Adapters.Tests.Wire;

namespace DataToEvents.Adapters.Tests.EventBridge;

/// <summary>An event bus at the wire that takes everything.</summary>
internal sealed class FakeBus
{
    private readonly List<SeenEvent> _seen = [];

    public FakeBus() => Wire = new FakeAws(request => WireAnswer.Json(Put(request)));

    public FakeAws Wire { get; }

    public IReadOnlyList<SeenEvent> Seen => _seen;

    public static EventBridgePublisher Publisher(FakeAws wire) =>
        new(new AmazonEventBridgeClient(wire.Plays(SdkSettings.Of<AmazonEventBridgeConfig>())), new EventBridgeOptions("events"));

    private string Put(WireRequest request)
    {
        using var json = JsonDocument.Parse(request.Body);
        var ids = new List<string>();
        foreach (var entry in json.RootElement.GetProperty("Entries").EnumerateArray())
        {
            string Text(string name) => entry.GetProperty(name).GetString()!;
            var time = entry.TryGetProperty("Time", out var own) ? DateTimeOffset.FromUnixTimeMilliseconds((long)(own.GetDouble() * 1_000)) : TimeProvider.System.GetUtcNow();
            var resources = string.Join(",", entry.GetProperty("Resources").EnumerateArray().Select(resource => resource.GetString()));
            _seen.Add(new SeenEvent(Text("Source"), Text("DetailType"), Text("Detail"), time, resources));
            ids.Add("""{"EventId":"id"}""");
        }

        return $$"""{"FailedEntryCount":0,"Entries":[{{string.Join(",", ids)}}]}""";
    }
}
