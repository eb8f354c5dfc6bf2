using System.Runtime.InteropServices;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.Core;
using DataToEvents.Application.EventResponder;

namespace DataToEvents.Functions.EventResponder;

/// <summary>The consumer: takes events from the bus into its view, and answers the HTTP API from it. Deployed once for each handler.</summary>
public sealed class Function(RespondToEvent respond, BrowseEvents browse)
{
    /// <summary>Behind the bus's rule, which invokes it for one event at a time.</summary>
    [LambdaFunction]
    public async Task Respond(BusEvent received, ILambdaContext context)
    {
        var detail = JsonMarshal.GetRawUtf8Value(received.Detail).ToArray();
        var response = await respond.ExecuteAsync(detail, received.ReplayName, CancellationToken.None);
        context.Logger.LogDebug("Event {EventId}: {Response}", received.Id, response);
    }

    /// <summary>Behind the HTTP API: <c>GET /</c>, <c>GET /streams/{id}</c>, <c>GET /events?type=&amp;limit=</c>.</summary>
    [LambdaFunction]
    public Task<APIGatewayHttpApiV2ProxyResponse> Browse(APIGatewayHttpApiV2ProxyRequest request, ILambdaContext context) => request.RouteKey switch
    {
        "GET /" => Answer.SummaryAsync(browse),
        "GET /streams/{id}" => Answer.StreamAsync(browse, request.PathParameters?["id"] ?? ""),
        "GET /events" => Answer.EventsAsync(browse, request.QueryStringParameters),
        _ => Task.FromResult(Problem.NotFound($"There is no {request.RouteKey} here.")),
    };
}
