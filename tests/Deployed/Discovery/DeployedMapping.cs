namespace DataToEvents.Deployed.Tests.Discovery;

/// <summary>An event source mapping as it is deployed, of a queue or of a table's stream.</summary>
internal sealed record DeployedMapping
{
    private const int UnlimitedConcurrency = 64;

    public required string Id { get; init; }

    public required string SourceArn { get; init; }

    public required string FunctionArn { get; init; }

    public required int BatchSize { get; init; }

    public required TimeSpan BatchingWindow { get; init; }

    public required bool ReportsBatchItemFailures { get; init; }

    /// <summary>The filter patterns. Without any, the function gets all records.</summary>
    public required IReadOnlyList<string> Filters { get; init; }

    /// <summary>The settings of a queue's mapping.</summary>
    public required int MaximumConcurrency { get; init; }

    /// <summary>The settings of a stream's mapping.</summary>
    public required StreamRetries? Stream { get; init; }

    public bool IsOfQueue => Arn.Service(SourceArn) == "sqs";

    public static DeployedMapping Read(Answer answer)
    {
        answer.Must("State", "Enabled");
        answer.SetAside("LastModified", "StateTransitionReason", "EventSourceMappingArn", "LastProcessingResult", "MetricsConfig");
        var source = answer.Text("EventSourceArn");
        return new DeployedMapping
        {
            Id = answer.Text("UUID"),
            SourceArn = source,
            FunctionArn = answer.Text("FunctionArn"),
            BatchSize = answer.Whole("BatchSize"),
            BatchingWindow = answer.Has("MaximumBatchingWindowInSeconds") ? answer.Seconds("MaximumBatchingWindowInSeconds") : TimeSpan.Zero,
            ReportsBatchItemFailures = answer.Texts("FunctionResponseTypes").Contains("ReportBatchItemFailures"),
            Filters = answer.OptionalObject("FilterCriteria", criteria => criteria.Objects("Filters", filter => filter.Text("Pattern"))) ?? [],
            MaximumConcurrency = answer.OptionalObject("ScalingConfig", config => new Scaling(config.Whole("MaximumConcurrency")))?.Maximum ?? UnlimitedConcurrency,
            Stream = Arn.Service(source) == "dynamodb" ? StreamRetries.Read(answer) : null,
        };
    }

    private sealed record Scaling(int Maximum);
}

/// <summary>The settings that only a stream's mapping has.</summary>
internal sealed record StreamRetries(int ParallelizationFactor, int MaximumRetryAttempts, TimeSpan? MaximumRecordAge, bool Bisect, string? OnFailureArn)
{
    public static StreamRetries Read(Answer answer)
    {
        // LATEST may skip records while the mapping is made (facts.md, section 3).
        answer.Must("StartingPosition", "TRIM_HORIZON");
        answer.MustIfThere("TumblingWindowInSeconds", "0");
        var age = answer.Whole("MaximumRecordAgeInSeconds");
        return new StreamRetries(
            answer.Whole("ParallelizationFactor"),
            answer.Whole("MaximumRetryAttempts"),
            age < 0 ? null : TimeSpan.FromSeconds(age),
            answer.Flag("BisectBatchOnFunctionError"),
            answer.OptionalObject("DestinationConfig", config => config.Object("OnFailure", failure => failure.Text("Destination"))));
    }
}
