namespace DataToEvents.Emulator.Buses;

/// <summary>A rule that a client of EventBridge made.</summary>
/// <param name="Name">Its name, unique on the bus.</param>
/// <param name="Pattern">The event pattern, as JSON.</param>
/// <param name="IsEnabled">Whether it takes events.</param>
/// <param name="Description">The client's description; null: none.</param>
public sealed record ClientRule(string Name, string Pattern, bool IsEnabled, string? Description)
{
    public IReadOnlyList<ClientTarget> Targets { get; init; } = [];

    internal JsonObject ToJson() => new()
    {
        [nameof(Name)] = Name,
        [nameof(Pattern)] = Pattern,
        [nameof(IsEnabled)] = IsEnabled,
        [nameof(Description)] = Description,
        [nameof(Targets)] = new JsonArray([.. Targets.Select(static target => target.Json.DeepClone())]),
    };

    internal static ClientRule Of(JsonObject json) => new((string)json[nameof(Name)]!, (string)json[nameof(Pattern)]!, (bool)json[nameof(IsEnabled)]!, (string?)json[nameof(Description)])
    {
        Targets = [.. json[nameof(Targets)]!.AsArray().Select(static target => new ClientTarget((JsonObject)target!.DeepClone()))],
    };
}

/// <summary>A target of such a rule, as the client gave it to PutTargets.</summary>
public sealed record ClientTarget(JsonObject Json)
{
    public string Id => (string)Json[nameof(Id)]!;

    public string Arn => (string)Json[nameof(Arn)]!;

    internal string? Input => (string?)Json[nameof(Input)];

    internal string? InputPath => (string?)Json[nameof(InputPath)];

    internal InputTransformer? InputTransformer => Json[nameof(InputTransformer)] is { } transformer
        ? new InputTransformer(
            transformer["InputPathsMap"]?.AsObject().ToDictionary(static path => path.Key, static path => (string)path.Value!) ?? [], (string)transformer["InputTemplate"]!)
        : null;

    internal string? MessageGroupId => (string?)Json["SqsParameters"]?[nameof(MessageGroupId)];

    internal string? DeadLetterArn => (string?)Json["DeadLetterConfig"]?[nameof(Arn)];

    internal int MaximumRetryAttempts => (int?)Json["RetryPolicy"]?[nameof(MaximumRetryAttempts)] ?? BusLimits.MaxRetryAttempts;

    internal TimeSpan MaximumEventAge => (int?)Json["RetryPolicy"]?["MaximumEventAgeInSeconds"] is { } seconds ? TimeSpan.FromSeconds(seconds) : BusLimits.MaxEventAge;
}
