using Amazon.Lambda.APIGatewayEvents;

namespace DataToEvents.Functions.EventResponder;

/// <summary>Problem details (RFC 9457).</summary>
public sealed record Problem(string Title, int Status, string Detail)
{
    internal static APIGatewayHttpApiV2ProxyResponse NotFound(string detail) => new Problem("Not Found", 404, detail).Response();

    internal static APIGatewayHttpApiV2ProxyResponse BadRequest(string detail) => new Problem("Bad Request", 400, detail).Response();

    private APIGatewayHttpApiV2ProxyResponse Response() => new()
    {
        StatusCode = Status,
        Headers = new Dictionary<string, string> { ["content-type"] = "application/problem+json" },
        Body = JsonSerializer.Serialize(this, ProblemJson.Default.Problem),
    };
}
