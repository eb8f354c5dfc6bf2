using System.Diagnostics.CodeAnalysis;
using DataToEvents.Emulator.Http.Firehose;
using DataToEvents.Emulator.Http.Functions;
using DataToEvents.Emulator.Http.HttpApi;
using DataToEvents.Emulator.Http.Query;
using DataToEvents.Emulator.Server;

namespace DataToEvents.Emulator.Http;

/// <summary>
/// One address for all services, for <c>AWS_ENDPOINT_URL</c>: AWS's JSON protocols by their target header, the Query protocol by its forms, the HTTP API below <c>/api</c>, the route for records,
/// a page for browsers, Lambda's functions, and buckets at any other path. Signatures are not verified; <see cref="EmulatorEndpointOptions.Policy"/> decides what a signer may do.
/// Each service refuses requests that it does not support in its own protocol.
/// </summary>
public sealed class EmulatorEndpoint : IAsyncDisposable
{
    public const string PagePrefix = "/_page";

    public const string MetricsPath = "/metrics";

    private readonly EmulatorEndpointOptions _options;
    private readonly JsonEndpoint _json;
    private readonly QueryEndpoint _query;
    private readonly BodyBudget _budget;
    private HttpServer? _server;

    private EmulatorEndpoint(EmulatorEndpointOptions options) =>
        (_options, _json, _query, _budget) =
        (options, new JsonEndpoint(options.Services, options.Policy), new QueryEndpoint(options.Services, options.Policy), new BodyBudget(options.MaxBufferedBytes));

    public int Port => _server!.Port;

    /// <exception cref="PortInUseException">Another process listens on the port.</exception>
    public static async Task<EmulatorEndpoint> StartAsync(EmulatorEndpointOptions options)
    {
        var endpoint = new EmulatorEndpoint(options);
        endpoint._server = await HttpServer.StartAsync(options.Address, options.Port, endpoint.AnswerAsync, allowedHosts: options.AllowedHosts);
        return endpoint;
    }

    /// <summary>Stops listening and cuts open connections. Their clients do not know the outcome and have to retry.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "Not swallowed: the fault goes to the host, and no request may stop it.")]
    private async Task AnswerAsync(HttpContext context)
    {
        try
        {
            if (!CrossOrigin.Answers(context, _options.AllowedOrigins))
            {
                await RouteAsync(context);
            }
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client disconnected or this endpoint closes: no one is left to answer.
        }
        catch (BadHttpRequestException)
        {
            // Truncated, too slow or malformed: Kestrel sets the status.
            throw;
        }
        catch (Exception fault)
        {
            _options.OnFault(fault);
            await AwsError.InternalFailure.WriteAsync(context.Response);
        }
    }

    private Task RouteAsync(HttpContext context)
    {
        var request = context.Request;
        if (request.Headers.TryGetValue(JsonEndpoint.TargetHeader, out var target))
        {
            return _json.AnswerAsync(context, target.ToString(), _budget);
        }

        if (_options.Api is { } api && request.Path.StartsWithSegments(HttpApiEndpoint.Prefix))
        {
            return api.AnswerAsync(context, _budget);
        }

        if (_options.Records is { } records && PutRecordEndpoint.Serves(request))
        {
            return records.AnswerAsync(context, _budget);
        }

        if (_options.Page is { } page && IsOfABrowser(request))
        {
            return page(context);
        }

        if (_options.Functions is { } functions && FunctionRequests.Serves(request))
        {
            return functions.AnswerAsync(context, _budget);
        }

        var hasBucket = _options.Objects?.HasBucketOf(context) == true;
        if (!hasBucket && QueryEndpoint.Speaks(request))
        {
            return _query.AnswerAsync(context, _budget);
        }

        if (!hasBucket && VisitorAnswers.For(request) is { } answer)
        {
            return answer(context);
        }

        // Whoever signs for another service does not expect S3's XML.
        return _options.Objects is { } objects && AwsCall.ServiceOf(request) is null or "s3" && (!HttpMethods.IsPost(request.Method) || hasBucket)
            ? objects.AnswerAsync(context, _budget)
            : AwsError.UnknownOperation.WriteAsync(context.Response);
    }

    /// <summary>Clients of S3 request <c>/</c> too, to list buckets, but never HTML. No bucket's name begins with an underscore, and no bucket here is named metrics.</summary>
    private static bool IsOfABrowser(HttpRequest request) =>
        request.Path.StartsWithSegments(PagePrefix)
        || (request.Path == MetricsPath && HttpMethods.IsGet(request.Method))
        || (request.Path == "/" && HttpMethods.IsGet(request.Method) && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase));
}
