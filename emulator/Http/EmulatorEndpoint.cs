using System.Diagnostics.CodeAnalysis;
using DataToEvents.Emulator.Http.HttpApi;
using DataToEvents.Emulator.Http.Json;
using DataToEvents.Emulator.Http.S3;
using DataToEvents.Emulator.Server;
using Microsoft.AspNetCore.Http;

namespace DataToEvents.Emulator.Http;

/// <summary>
/// One address for all services, as <c>AWS_ENDPOINT_URL</c> wants it: AWS's JSON protocols by their target header, the HTTP API
/// below <c>/api</c>, a page for browsers, buckets elsewhere. Signatures are not verified; what a signer may do is up to <see cref="EmulatorEndpointOptions.Policy"/>.
/// What a client asks for and a service does not do, the service refuses in its own protocol.
/// </summary>
public sealed class EmulatorEndpoint : IAsyncDisposable
{
    public const string PagePrefix = "/_page";

    public const string MetricsPath = "/metrics";

    private readonly JsonEndpoint _json;
    private readonly HttpApiEndpoint? _api;
    private readonly RequestDelegate? _page;
    private readonly S3Endpoint? _objects;
    private readonly BodyBudget _budget;
    private readonly Action<Exception> _onFault;
    private HttpServer? _server;

    private EmulatorEndpoint(EmulatorEndpointOptions options)
    {
        _json = new JsonEndpoint(options.Services, options.Policy);
        _api = options.Api;
        _page = options.Page;
        _objects = options.Objects;
        _budget = new BodyBudget(options.MaxBufferedBytes);
        _onFault = options.OnFault;
    }

    public int Port => _server!.Port;

    /// <exception cref="PortInUseException">Somebody else listens there.</exception>
    public static async Task<EmulatorEndpoint> StartAsync(EmulatorEndpointOptions options)
    {
        var endpoint = new EmulatorEndpoint(options);
        endpoint._server = await HttpServer.StartAsync(options.Address, options.Port, endpoint.AnswerAsync);
        return endpoint;
    }

    /// <summary>Stops listening and cuts open connections: their clients cannot know the outcome and will ask again.</summary>
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
            await RouteAsync(context);
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client is gone or this endpoint is closing; nobody is left to answer.
        }
        catch (BadHttpRequestException)
        {
            // Truncated, too slow or malformed: Kestrel has the status.
            throw;
        }
        catch (Exception fault)
        {
            _onFault(fault);
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

        if (_api is not null && request.Path.StartsWithSegments(HttpApiEndpoint.Prefix))
        {
            return _api.AnswerAsync(context, _budget);
        }

        if (_page is not null && IsOfABrowser(request))
        {
            return _page(context);
        }

        return _objects is not null && (!HttpMethods.IsPost(request.Method) || _objects.HasBucketOf(context))
            ? _objects.AnswerAsync(context, _budget)
            : AwsError.UnknownOperation.WriteAsync(context.Response);
    }

    /// <summary>S3's clients ask for <c>/</c> too, to list buckets, but never for HTML; no bucket's name begins with an underscore, and none here is called metrics.</summary>
    private static bool IsOfABrowser(HttpRequest request) =>
        request.Path.StartsWithSegments(PagePrefix)
        || (request.Path == MetricsPath && HttpMethods.IsGet(request.Method))
        || (request.Path == "/" && HttpMethods.IsGet(request.Method) && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase));
}
