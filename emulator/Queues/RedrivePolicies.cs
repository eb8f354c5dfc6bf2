namespace DataToEvents.Emulator.Queues;

/// <summary>The attributes RedrivePolicy and RedriveAllowPolicy. Source: Amazon SQS API Reference, "SetQueueAttributes".</summary>
internal static class RedrivePolicies
{
    public const string Attribute = "RedrivePolicy";

    public const string AllowAttribute = "RedriveAllowPolicy";

    private const int MaxReceives = 1000;

    /// <summary>The ARN of the dead-letter queue in a policy that was checked before; null when there is none.</summary>
    public static string? Target(IReadOnlyDictionary<string, string> attributes) =>
        attributes.GetValueOrDefault(Attribute) is { Length: > 0 } policy ? Text(Parse(Attribute, policy), "deadLetterTargetArn") : null;

    /// <returns>Null for an empty text, which takes the policy away.</returns>
    /// <exception cref="ServiceException">The policy is malformed, or its dead-letter queue cannot be used.</exception>
    public static RedrivePolicy? Read(string value, QueueOptions source, Func<string, MessageQueue?> find)
    {
        if (value.Length == 0)
        {
            return null;
        }

        var policy = Parse(Attribute, value);
        var (arn, count) = (Text(policy, "deadLetterTargetArn"), Text(policy, "maxReceiveCount"));
        if (arn is null || count is null)
        {
            throw Invalid(Attribute, value, $"Redrive policy does not contain mandatory attribute: {(arn is null ? "deadLetterTargetArn" : "maxReceiveCount")}.");
        }

        if (!int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var receives) || receives is < 1 or > MaxReceives)
        {
            throw Invalid(Attribute, value, $"Invalid value for maxReceiveCount: {count}, valid values are from 1 to {MaxReceives} both inclusive.");
        }

        var target = find(arn) ?? throw Invalid(Attribute, value, "Dead letter target does not exist.");
        if (target.Options.Fifo != source.Fifo)
        {
            throw Invalid(Attribute, value, "Dead-letter queue must be same type of queue as the source.");
        }

        return Allows(target, source.Arn) ? new RedrivePolicy(target, receives) : throw Invalid(Attribute, value, "The dead-letter queue does not allow this queue as a source.");
    }

    /// <exception cref="ServiceException">The policy is malformed.</exception>
    public static void CheckAllowing(string value)
    {
        if (value.Length > 0)
        {
            ReadAllowing(value);
        }
    }

    private static bool Allows(MessageQueue target, string sourceArn)
    {
        var value = target.Settings.Attributes.GetValueOrDefault(AllowAttribute, "");
        if (value.Length == 0)
        {
            return true;
        }

        var (permission, sources) = ReadAllowing(value);
        return permission == "allowAll" || (permission == "byQueue" && sources.Contains(sourceArn));
    }

    private static (string Permission, List<string> Sources) ReadAllowing(string value)
    {
        var policy = Parse(AllowAttribute, value);
        var permission = Text(policy, "redrivePermission");
        var sources = (policy["sourceQueueArns"] as JsonArray ?? []).Select(static arn => arn?.ToString() ?? "").ToList();
        return permission is "allowAll" or "denyAll" or "byQueue" && (permission == "byQueue") == (sources.Count > 0)
            ? (permission, sources)
            : throw Invalid(AllowAttribute, value, "redrivePermission must be allowAll, denyAll, or byQueue with sourceQueueArns.");
    }

    private static JsonObject Parse(string name, string value)
    {
        try
        {
            return JsonNode.Parse(value) as JsonObject ?? throw Invalid(name, value, "Redrive policy is not a valid JSON map.");
        }
        catch (JsonException)
        {
            throw Invalid(name, value, "Redrive policy is not a valid JSON map.");
        }
    }

    private static string? Text(JsonObject policy, string name) => policy[name] is JsonValue value ? value.ToString() : null;

    private static ServiceException Invalid(string name, string value, string reason) => new("InvalidParameterValue", $"Value {value} for parameter {name} is invalid. Reason: {reason}");
}
