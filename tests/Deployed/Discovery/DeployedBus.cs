namespace DataToEvents.Deployed.Tests.Discovery;

/// <summary>An EventBridge bus as it is deployed.</summary>
internal sealed record DeployedBus(string Name, string Arn, IReadOnlyList<DeployedRule> Rules, IReadOnlyList<DeployedArchive> Archives)
{
    /// <summary>The customer's key that encrypts its events; null: EventBridge's own.</summary>
    public required string? KeyArn { get; init; }

    /// <summary>The queue for events that the bus cannot encrypt or decrypt; null drops them.</summary>
    public required string? DeadLetterArn { get; init; }

    public static DeployedBus Read(Answer answer)
    {
        var (name, arn, key, deadLetters) = answer.Object("bus", bus =>
        {
            bus.SetAside("CreationTime", "LastModifiedTime", "Description");
            return (bus.Text("Name"), bus.Text("Arn"), bus.OptionalText("KmsKeyIdentifier"), bus.OptionalObject("DeadLetterConfig", config => config.Text("Arn")));
        });
        return new DeployedBus(name, arn, answer.Objects("rules", DeployedRule.Read), answer.Objects("archives", DeployedArchive.Read)) { KeyArn = key, DeadLetterArn = deadLetters };
    }
}

/// <param name="Name">The archive's name.</param>
/// <param name="Pattern">The pattern of the events that it keeps; null keeps all.</param>
internal sealed record DeployedArchive(string Name, string? Pattern)
{
    public static DeployedArchive Read(Answer answer)
    {
        answer.Must("State", "ENABLED");
        answer.SetAside("ArchiveArn", "EventSourceArn", "RetentionDays", "SizeBytes", "EventCount", "CreationTime", "Description");
        return new DeployedArchive(answer.Text("ArchiveName"), answer.OptionalText("EventPattern"));
    }
}

/// <summary>A rule and its targets.</summary>
internal sealed record DeployedRule(string Name, string Arn, string Pattern, bool Enabled, IReadOnlyList<DeployedTarget> Targets)
{
    public static DeployedRule Read(Answer answer)
    {
        var targets = answer.Objects("targets", DeployedTarget.Read);
        return answer.Object("rule", rule =>
        {
            rule.SetAside("Description", "EventBusName");
            var state = rule.Text("State");
            return new DeployedRule(rule.Text("Name"), rule.Text("Arn"), rule.Text("EventPattern"), state == "ENABLED", targets);
        });
    }
}

/// <param name="Arn">The ARN of a function or a queue.</param>
/// <param name="Retries">The number of tries after the first.</param>
/// <param name="MaximumAge">The age at which EventBridge gives an event up.</param>
/// <param name="DeadLetterArn">The queue for events that the target does not take; null drops them.</param>
internal sealed record DeployedTarget(string Arn, int Retries, TimeSpan MaximumAge, string? DeadLetterArn)
{
    // EventBridge's own (facts.md, section 4).
    private const int DefaultRetries = 185;
    private static readonly TimeSpan DefaultMaximumAge = TimeSpan.FromHours(24);

    public static DeployedTarget Read(Answer answer)
    {
        answer.SetAside("Id");
        var retry = answer.OptionalObject("RetryPolicy", policy => new Policy(policy.Whole("MaximumRetryAttempts"), policy.Seconds("MaximumEventAgeInSeconds")));
        return new DeployedTarget(
            answer.Text("Arn"),
            retry?.Retries ?? DefaultRetries,
            retry?.MaximumAge ?? DefaultMaximumAge,
            answer.OptionalObject("DeadLetterConfig", config => config.Text("Arn")));
    }

    private sealed record Policy(int Retries, TimeSpan MaximumAge);
}
