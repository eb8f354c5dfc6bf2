using Microsoft.AspNetCore.Http;

namespace DataToEvents.Emulator.Http.HttpApi;

/// <summary>An HTTP API with one Lambda integration behind all of its routes.</summary>
public sealed record HttpApiOptions
{
    public required IReadOnlyList<HttpRoute> Routes { get; init; }

    /// <summary>The routes' authorizer: null lets a request through; 401 or 403 is what it is refused with.</summary>
    public Func<HttpRequest, HttpRoute, int?>? Authorizer { get; init; }

    public string Account { get; init; } = "000000000000";

    public string ApiId { get; init; } = "embedded";

    /// <summary>API Gateway gives an integration 30 s (facts.md, section 5).</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);
}
