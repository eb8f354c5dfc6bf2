using Amazon.Lambda.APIGatewayEvents;
using DataToEvents.Application.EventResponder;

namespace DataToEvents.Functions.EventResponder;

/// <summary>The consumer behind the HTTP API: answers from its view.</summary>
public sealed class ApiFunction(BrowseEvents browse, TimeProvider time)
{
    /// <summary>
    /// <c>GET /</c>, <c>GET /streams/{id}</c> or, for ids that no path can carry, <c>GET /streams?id=</c>, <c>GET /events?type=&amp;limit=&amp;cursor=</c>,
    /// <c>GET /payloads/{name}</c>.
    /// </summary>
    [LambdaFunction]
    public Task<APIGatewayHttpApiV2ProxyResponse> Browse(APIGatewayHttpApiV2ProxyRequest request, ILambdaContext context) =>
        TimeBudget.WithinAsync(context, time, cancellation => AnswerAsync(request, cancellation));

    private Task<APIGatewayHttpApiV2ProxyResponse> AnswerAsync(APIGatewayHttpApiV2ProxyRequest request, CancellationToken cancellation) => request.RouteKey switch
    {
        "GET /" => ApiAnswers.SummaryAsync(browse, cancellation),
        "GET /streams/{id}" => ApiAnswers.StreamAsync(browse, request.PathParameters?["id"] ?? "", cancellation),
        "GET /streams" => ApiAnswers.Parameter(request.QueryStringParameters, "id") is { } id
            ? ApiAnswers.StreamAsync(browse, id, cancellation)
            : Task.FromResult(Problem.BadRequest("id is missing: GET /streams?id=STREAM.")),
        "GET /events" => ApiAnswers.EventsAsync(browse, request.QueryStringParameters, cancellation),
        "GET /payloads/{name}" => ApiAnswers.PayloadAsync(browse, request.PathParameters?["name"] ?? "", cancellation),
        _ => Task.FromResult(Problem.NotFound($"There is no {request.RouteKey} here.")),
    };
}
