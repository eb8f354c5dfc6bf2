using DataToEvents.Emulator.Buses;

namespace DataToEvents.Emulator.Http.EventBridge;

/// <summary>The rule that EventBridge makes and manages for an archive. Here it is only told: the bus archives without it.</summary>
/// <param name="Archive">The settings of the archive.</param>
internal sealed record ArchiveRule(ArchiveState Archive)
{
    public const string ManagedBy = "prod.vhs.events.aws.internal";

    public string Name => $"Events-Archive-{Archive.Name}";

    /// <summary>The pattern of the archive, without events that are replayed.</summary>
    public string Pattern
    {
        get
        {
            var pattern = Archive.Pattern is { } text ? JsonNode.Parse(text)!.AsObject() : [];
            pattern["replay-name"] = new JsonArray(new JsonObject { ["exists"] = false });
            return pattern.ToJsonString();
        }
    }

    public static IEnumerable<ArchiveRule> All(EventBus bus) => bus.Archives.All.Select(static archive => new ArchiveRule(archive.State!));

    /// <returns>Null if no archive has a rule of this name.</returns>
    public static ArchiveRule? Find(EventBus bus, string name) => All(bus).FirstOrDefault(rule => rule.Name == name);

    public JsonObject Target(string region) => new()
    {
        ["Id"] = Name,
        ["Arn"] = $"arn:aws:events:{region}:::",
        ["InputTransformer"] = new JsonObject
        {
            ["InputPathsMap"] = new JsonObject(),
            ["InputTemplate"] = $$"""{"archive-arn": "{{Archive.Arn}}", "event": <aws.events.event.json>, "ingestion-time": <aws.events.event.ingestion-time>}""",
        },
    };
}
