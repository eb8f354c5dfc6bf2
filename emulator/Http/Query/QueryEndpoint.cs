using DataToEvents.Emulator.Server;
using Microsoft.AspNetCore.WebUtilities;

namespace DataToEvents.Emulator.Http.Query;

/// <summary>AWS's Query protocol, which older SDKs of SQS and all of STS speak: the request is a form with Action and Version, the response XML.</summary>
internal sealed class QueryEndpoint(IEnumerable<IJsonService> services, ICallPolicy? policy)
{
    private const string Action = "Action";

    private const string Version = "Version";

    private static readonly AwsError NoAction = new(400, "MissingAction", "The request must contain the parameter Action.");

    private readonly Dictionary<string, IQueryService> _services = services.OfType<IQueryService>().ToDictionary(static service => service.Forms.Version);

    /// <summary>Whether a request is one of this protocol.</summary>
    public static bool Speaks(HttpRequest request) =>
        (HttpMethods.IsPost(request.Method) && request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) == true)
        || (HttpMethods.IsGet(request.Method) && request.Query.ContainsKey(Action));

    public async Task AnswerAsync(HttpContext context, BodyBudget budget)
    {
        var (names, messages) = ("", (IReadOnlyDictionary<string, string>?)null);
        IQueryService? service = null;
        try
        {
            var form = await FormAsync(context.Request, budget);
            if (!form.Remove(Action, out var operation))
            {
                throw new AwsException(NoAction);
            }

            form.Remove(Version, out var version);
            service = Service(version, context.Request) ?? throw Unknown(operation, version);
            (names, messages) = (service.Forms.Namespace, service.Forms.Messages);
            var answer = await AnswerAsync(context, service, operation, version, form);
            await QueryXml.WriteAsync(context, service.Forms, operation, answer);
        }
        catch (ServiceException refused)
        {
            await QueryXml.WriteAsync(context, names, service!.Refusal(refused), messages!.GetValueOrDefault(refused.Code));
        }
        catch (AwsException refused)
        {
            await QueryXml.WriteAsync(context, names, refused.Error);
        }
        catch (BodyTooLargeException)
        {
            await QueryXml.WriteAsync(context, names, AwsError.TooLarge);
        }
        catch (BodyBudgetSpentException)
        {
            await QueryXml.WriteAsync(context, names, AwsError.SlowDown);
        }
    }

    private static AwsException Unknown(string operation, string? version) =>
        new(new AwsError(400, "InvalidAction", $"Could not find operation {operation} for version {version ?? "NO_VERSION_SPECIFIED"}"));

    /// <summary>A client that names no version is known by its signature.</summary>
    private IQueryService? Service(string? version, HttpRequest request) => version is null
        ? _services.Values.FirstOrDefault(service => service.Forms.Service == AwsCall.ServiceOf(request))
        : _services.GetValueOrDefault(version);

    private async Task<JsonObject> AnswerAsync(HttpContext context, IQueryService service, string operation, string? version, Dictionary<string, string> form)
    {
        if (!service.Operations.ContainsKey(operation))
        {
            throw Unknown(operation, version);
        }

        if (service.Forms.PathParameter is { } named && context.Request.Path.Value is { Length: > 1 } path)
        {
            form.TryAdd(named, path);
        }

        // A service decodes its request in place.
        var request = Encoding.UTF8.GetBytes(QueryForm.ToJson(operation, form, service.Forms).ToJsonString());
        if (policy?.Refusal(new AwsCall(AwsCall.Signer(context.Request), service.TargetPrefix, operation) { Request = request }) is { } refusal)
        {
            throw new AwsException(AwsError.AccessDenied(refusal));
        }

        var json = new ArrayBufferWriter<byte>();
        await using (var answer = new Utf8JsonWriter(json))
        {
            await service.AnswerAsync(operation, request, answer, context.RequestAborted);
        }

        return JsonNode.Parse(json.WrittenSpan)!.AsObject();
    }

    private async Task<Dictionary<string, string>> FormAsync(HttpRequest request, BodyBudget budget)
    {
        var most = _services.Values.Select(static service => service.MaxBodyBytes).DefaultIfEmpty(0).Max();
        using var body = HttpMethods.IsGet(request.Method) ? null : await RequestBody.ReadAsync(request, most, budget);
        var text = body is null ? request.QueryString.Value?.TrimStart('?') ?? "" : Encoding.UTF8.GetString(body.Bytes.Span);
        using var reader = new FormReader(text) { ValueCountLimit = int.MaxValue, KeyLengthLimit = int.MaxValue, ValueLengthLimit = int.MaxValue };
        return (await reader.ReadFormAsync()).Where(static pair => !pair.Key.StartsWith("X-Amz-", StringComparison.Ordinal)).ToDictionary(static pair => pair.Key, static pair => pair.Value.ToString());
    }
}
