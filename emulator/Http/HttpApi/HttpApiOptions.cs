namespace DataToEvents.Emulator.Http.HttpApi;

/// <summary>An HTTP API with one Lambda integration behind all of its routes.</summary>
public sealed record HttpApiOptions
{
    public required IReadOnlyList<HttpRoute> Routes { get; init; }

    /// <summary>The routes' authorizer. It returns null to let a request through, or the status of the refusal: 401 or 403.</summary>
    public Func<HttpRequest, HttpRoute, int?>? Authorizer { get; init; }

    public string Account { get; init; } = "000000000000";

    public string ApiId { get; init; } = "embedded";

    /// <summary>How long the function may take. Source: Amazon API Gateway Developer Guide, "Quotas for configuring and running an HTTP API".</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);
}
