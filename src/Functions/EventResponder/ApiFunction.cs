using Amazon.Lambda.Annotations;
using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.Core;
using DataToEvents.Application.EventResponder;

namespace DataToEvents.Functions.EventResponder;

/// <summary>The consumer behind the HTTP API: answers from its view.</summary>
public sealed class ApiFunction(BrowseEvents browse)
{
    /// <summary><c>GET /</c>, <c>GET /streams/{id}</c>, <c>GET /events?type=&amp;limit=</c>, <c>GET /payloads/{name}</c>.</summary>
    [LambdaFunction]
    public Task<APIGatewayHttpApiV2ProxyResponse> Browse(APIGatewayHttpApiV2ProxyRequest request, ILambdaContext context) => request.RouteKey switch
    {
        "GET /" => Answer.SummaryAsync(browse),
        "GET /streams/{id}" => Answer.StreamAsync(browse, request.PathParameters?["id"] ?? ""),
        "GET /events" => Answer.EventsAsync(browse, request.QueryStringParameters),
        "GET /payloads/{name}" => Answer.PayloadAsync(browse, request.PathParameters?["name"] ?? ""),
        _ => Task.FromResult(Problem.NotFound($"There is no {request.RouteKey} here.")),
    };
}
