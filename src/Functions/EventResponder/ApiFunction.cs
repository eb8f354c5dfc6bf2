using Amazon.Lambda.APIGatewayEvents;
using DataToEvents.Application.EventResponder;

namespace DataToEvents.Functions.EventResponder;

/// <summary>The consumer behind the HTTP API: answers from its view.</summary>
public sealed class ApiFunction(BrowseEvents browse, TimeProvider time)
{
    /// <summary>
    /// The routes of <see cref="Routes"/>. What a path cannot carry goes into the query: <c>GET /streams?id=</c>, <c>GET /events?stream=</c>,
    /// <c>GET /events?id=&amp;source=</c>. docs/api/openapi.json describes them all.
    /// </summary>
    [LambdaFunction]
    public Task<APIGatewayHttpApiV2ProxyResponse> Browse(APIGatewayHttpApiV2ProxyRequest request, ILambdaContext context) =>
        TimeBudget.WithinAsync(context, time, cancellation => AnswerAsync(request, cancellation));

    /// <summary>The routes that the API has to hand over, as API Gateway names them.</summary>
    public static IReadOnlyList<string> Routes { get; } =
        ["GET /", "GET /streams", "GET /streams/{id}", "GET /streams/{id}/events", "GET /events", "GET /events/{source}/{id}", "GET /payloads/{name}"];

    private Task<APIGatewayHttpApiV2ProxyResponse> AnswerAsync(APIGatewayHttpApiV2ProxyRequest request, CancellationToken cancellation) => request.RouteKey switch
    {
        "GET /" => ApiAnswers.SummaryAsync(browse, cancellation),
        "GET /streams/{id}" => ApiAnswers.StreamAsync(browse, request.PathParameters?["id"] ?? "", cancellation),
        "GET /streams/{id}/events" => ApiAnswers.HistoryAsync(browse, request.PathParameters?["id"] ?? "", request.QueryStringParameters, cancellation),
        "GET /streams" => ApiQuery.Text(request.QueryStringParameters, "id") is { } id
            ? ApiAnswers.StreamAsync(browse, id, cancellation)
            : Task.FromResult(Problem.BadRequest("id is missing: GET /streams?id=STREAM.")),
        "GET /events" => ApiAnswers.EventsAsync(browse, request.QueryStringParameters, cancellation),
        "GET /events/{source}/{id}" => ApiAnswers.EventAsync(browse, request.PathParameters?["source"] ?? "", request.PathParameters?["id"] ?? "", cancellation),
        "GET /payloads/{name}" => ApiAnswers.PayloadAsync(browse, request.PathParameters?["name"] ?? "", cancellation),
        _ => Task.FromResult(Problem.NotFound($"There is no {request.RouteKey} here.")),
    };
}
