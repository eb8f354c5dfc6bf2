using DataToEvents.Emulator.Server;

namespace DataToEvents.Emulator.Http.HttpApi;

/// <summary>API Gateway's HTTP API (payload format 2.0): a request becomes an event for the function, and the function's output becomes the response.</summary>
public sealed class HttpApiEndpoint(IInvocable function, HttpApiOptions options, TimeProvider clock)
{
    /// <summary>The prefix of all paths, in place of API Gateway's stage. The function does not see it.</summary>
    public const string Prefix = "/api";

    /// <summary>API Gateway takes 10 MB, but the event has to fit into a synchronous invocation.</summary>
    private const int MaxBodyBytes = 6 * 1024 * 1024;

    private readonly HttpRoute[] _routes = [.. options.Routes.OrderBy(route => route.Rank)];

    internal async Task AnswerAsync(HttpContext context, BodyBudget budget)
    {
        try
        {
            await RouteAsync(context, budget);
        }
        catch (BodyTooLargeException)
        {
            context.Response.Headers.Connection = "close";
            await RefuseAsync(context.Response, StatusCodes.Status413PayloadTooLarge, "Request Entity Too Large");
        }
        catch (Exception busy) when (busy is BodyBudgetSpentException or TimeoutException)
        {
            await RefuseAsync(context.Response, StatusCodes.Status503ServiceUnavailable, "Service Unavailable");
        }
    }

    private async Task RouteAsync(HttpContext context, BodyBudget budget)
    {
        var target = RequestTarget.Of(context).Below(Prefix);
        var segments = HttpRoute.Split(target.Path);
        foreach (var route in _routes)
        {
            if (route.Match(context.Request.Method, segments) is { } parameters)
            {
                if (options.Authorizer?.Invoke(context.Request, route) is { } refusal)
                {
                    await RefuseAsync(context.Response, refusal, refusal == StatusCodes.Status401Unauthorized ? "Unauthorized" : "Forbidden");
                    return;
                }

                using var body = await RequestBody.ReadAsync(context.Request, MaxBodyBytes, budget);
                await InvokeAsync(context, ProxyEvent.Create(context, options, route.Key, target, parameters, body.Bytes.Span, clock.GetUtcNow()));
                return;
            }
        }

        await RefuseAsync(context.Response, StatusCodes.Status404NotFound, "Not Found");
    }

    private async Task InvokeAsync(HttpContext context, JsonObject request)
    {
        var payload = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(payload))
        {
            request.WriteTo(json);
        }

        var answer = await function.InvokeAsync(payload.WrittenMemory, context.RequestAborted).WaitAsync(options.Timeout, clock, context.RequestAborted);
        if (answer.Error is not null || ProxyResponse.Read(answer.Payload) is not { } response)
        {
            await RefuseAsync(context.Response, StatusCodes.Status500InternalServerError, "Internal Server Error");
            return;
        }

        await response.WriteAsync(context.Response);
    }

    private static Task RefuseAsync(HttpResponse response, int status, string message)
    {
        response.StatusCode = status;
        response.ContentType = "application/json";
        return response.WriteAsync($$"""{"message":"{{message}}"}""");
    }
}
