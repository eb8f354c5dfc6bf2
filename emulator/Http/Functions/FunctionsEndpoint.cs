using DataToEvents.Emulator.Lambda;
using DataToEvents.Emulator.Lambda.Mappings;
using DataToEvents.Emulator.Server;

namespace DataToEvents.Emulator.Http.Functions;

/// <summary>Lambda's REST protocol in front of the account's functions and event source mappings.</summary>
/// <param name="functions">The functions by name. Functions may be added while the endpoint is open.</param>
/// <param name="mappings">The mappings. They may be added while the endpoint is open, too.</param>
/// <param name="region">Their region.</param>
/// <param name="accountId">Their account.</param>
/// <param name="policy">Decides who may call what; null: everybody may call everything.</param>
/// <param name="events">Takes asynchronous invocations; null: they are refused.</param>
public sealed class FunctionsEndpoint(
    IReadOnlyDictionary<string, IInvocable> functions, IReadOnlyList<EventSourceMapping> mappings, string region, string accountId, ICallPolicy? policy, AsyncInvocations? events = null)
{
    private const string Root = "/2015-03-31/functions";

    private const string MappingsRoot = "/2015-03-31/event-source-mappings";

    /// <summary>Where a function's concurrency is written, and where it is read.</summary>
    private static readonly string[] ConcurrencyRoots = ["/2017-10-31/functions", "/2019-09-30/functions"];

    private const string Version = "$LATEST";

    private const string InvocationType = "X-Amz-Invocation-Type";

    /// <summary>The request of a synchronous invocation. Source: AWS Lambda Developer Guide, "Lambda quotas".</summary>
    private const int MaxPayloadBytes = 6 * 1024 * 1024;

    /// <summary>The request of an asynchronous invocation. Source: as above.</summary>
    private const int MaxEventBytes = 1024 * 1024;

    private const int MaxItems = 50;

    private static readonly Dictionary<string, string> Headers = new(StringComparer.OrdinalIgnoreCase)
    {
        [InvocationType] = "InvocationType",
        ["X-Amz-Log-Type"] = "LogType",
        ["X-Amz-Client-Context"] = "ClientContext",
        ["X-Amz-Durable-Execution-Name"] = "DurableExecutionName",
        ["X-Amz-Tenant-Id"] = "TenantId",
    };

    /// <summary>Those of signatures and SDKs, which any request may have.</summary>
    private static readonly HashSet<string> AnyHeader = new(["x-amz-date", "x-amz-content-sha256", "x-amz-security-token", "x-amz-user-agent", "x-amz-api-version"], StringComparer.OrdinalIgnoreCase);

    /// <summary>The members that requests may have, with a list for each operation.</summary>
    public static IReadOnlyDictionary<string, RequestShape> Operations { get; } = new Dictionary<string, RequestShape>
    {
        ["ListFunctions"] = new("Marker", "MaxItems"),
        ["GetFunction"] = new("FunctionName", new RequestMember("Qualifier") { Values = [Version] }),
        ["Invoke"] = new(
            "FunctionName", "Payload",
            new RequestMember("Qualifier") { Values = [Version] },
            new RequestMember("InvocationType") { Values = ["RequestResponse", "Event", "DryRun"] },
            new RequestMember("LogType") { Values = ["None"] }),
        ["ListEventSourceMappings"] = new("EventSourceArn", "FunctionName", "Marker", "MaxItems"),
        ["GetEventSourceMapping"] = new("UUID"),
        ["UpdateEventSourceMapping"] = new("UUID", "Enabled"),
        ["GetFunctionConcurrency"] = new("FunctionName"),
        ["PutFunctionConcurrency"] = new("FunctionName", "ReservedConcurrentExecutions"),
        ["DeleteFunctionConcurrency"] = new("FunctionName"),
    };

    private readonly MappingCalls _mappings = new(mappings, name => $"arn:aws:lambda:{region}:{accountId}:function:{name}");

    /// <summary>Whether a request is one for Lambda, by its path.</summary>
    public static bool Serves(HttpRequest request) => request.Path.StartsWithSegments(Root) || request.Path.StartsWithSegments(MappingsRoot) || Array.Exists(ConcurrencyRoots, root => request.Path.StartsWithSegments(root));

    internal async Task AnswerAsync(HttpContext context, BodyBudget budget)
    {
        try
        {
            await RouteAsync(context, budget);
        }
        catch (AwsException refused)
        {
            await refused.Error.WriteAsync(context.Response, "application/json");
        }
        catch (BodyTooLargeException)
        {
            await AwsError.TooLarge.WriteAsync(context.Response, "application/json");
        }
        catch (BodyBudgetSpentException)
        {
            await AwsError.SlowDown.WriteAsync(context.Response, "application/json");
        }
    }

    private static (string? Operation, string Name) Target(HttpRequest request)
    {
        var parts = request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return (request.Method, parts) switch
        {
            ("GET", ["2015-03-31", "functions"]) => ("ListFunctions", ""),
            ("GET", ["2015-03-31", "functions", var name]) => ("GetFunction", name),
            ("POST", ["2015-03-31", "functions", var name, "invocations"]) => ("Invoke", name),
            ("GET", ["2015-03-31", "event-source-mappings"]) => ("ListEventSourceMappings", ""),
            ("GET", ["2015-03-31", "event-source-mappings", var uuid]) => ("GetEventSourceMapping", uuid),
            ("PUT", ["2015-03-31", "event-source-mappings", var uuid]) => ("UpdateEventSourceMapping", uuid),
            ("GET", ["2019-09-30", "functions", var name, "concurrency"]) => ("GetFunctionConcurrency", name),
            ("PUT", ["2017-10-31", "functions", var name, "concurrency"]) => ("PutFunctionConcurrency", name),
            ("DELETE", ["2017-10-31", "functions", var name, "concurrency"]) => ("DeleteFunctionConcurrency", name),
            _ => (null, ""),
        };
    }

    /// <summary>The members of a request that are in its query and its headers.</summary>
    private static JsonRequest Members(HttpRequest request, string operation)
    {
        var members = new JsonObject();
        foreach (var (name, value) in request.Query.Where(static pair => !pair.Key.StartsWith("X-Amz-", StringComparison.OrdinalIgnoreCase)))
        {
            members[name] = value.ToString();
        }

        foreach (var (name, value) in request.Headers.Where(static header => header.Key.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase) && !AnyHeader.Contains(header.Key)))
        {
            members[Headers.GetValueOrDefault(name, name)] = value.ToString();
        }

        var call = JsonRequest.Of(JsonElement.Parse(members.ToJsonString()));
        Operations[operation].Check(operation, call.Json);
        return call;
    }

    private static int Limit(JsonRequest call) => call.Text("MaxItems") switch
    {
        null => MaxItems,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= 10_000 => Math.Min(limit, MaxItems),
        var text => throw Invalid($"1 validation error detected: Value '{text}' at 'maxItems' failed to satisfy constraint: Member must have a value from 1 to 10000"),
    };

    private static AwsException Invalid(string message) => new(new AwsError(400, "InvalidParameterValueException", message));

    private async Task RouteAsync(HttpContext context, BodyBudget budget)
    {
        var (operation, name) = Target(context.Request);
        if (operation is null)
        {
            throw new AwsException(AwsError.UnknownOperation);
        }

        if (policy?.Refusal(new AwsCall(AwsCall.Signer(context.Request), "Lambda", operation) { Key = name }) is { } refusal)
        {
            throw new AwsException(AwsError.AccessDenied(refusal) with { Status = 403 });
        }

        var call = Members(context.Request, operation);
        switch (operation)
        {
            case "ListFunctions":
                await WriteAsync(context, List(call));
                break;
            case "GetFunction":
                await WriteAsync(context, new JsonObject { ["Configuration"] = Configuration(Find(name).Name) });
                break;
            case "ListEventSourceMappings":
                await WriteAsync(context, ListMappings(call));
                break;
            case "GetEventSourceMapping":
                await WriteAsync(context, _mappings.Describe(_mappings.Find(name)));
                break;
            case "UpdateEventSourceMapping":
                var mapping = _mappings.Find(name);
                await UpdateAsync(context, mapping, budget);
                break;
            case "GetFunctionConcurrency":
                await WriteAsync(context, Concurrency(Find(name)));
                break;
            case "PutFunctionConcurrency":
                await ReserveAsync(context, Reservable(name), budget);
                break;
            case "DeleteFunctionConcurrency":
                Reservable(name).Reserved = null;
                context.Response.StatusCode = StatusCodes.Status204NoContent;
                break;
            default:
                await InvokeAsync(context, Find(name), call.Text("InvocationType"), budget);
                break;
        }
    }

    private JsonObject List(JsonRequest call)
    {
        var (page, next) = Paging.Of(functions.Keys.Order(StringComparer.Ordinal), static name => name, Limit(call), call.Text("Marker"), static _ => Invalid("The marker is not one of an earlier page."));
        var listing = new JsonObject { ["Functions"] = new JsonArray([.. page.Select(Configuration)]) };
        if (next is not null)
        {
            listing["NextMarker"] = next;
        }

        return listing;
    }

    private JsonObject ListMappings(JsonRequest call)
    {
        var (page, next) = Paging.Of(_mappings.Matching(call).OrderBy(static mapping => mapping.Uuid, StringComparer.Ordinal), static mapping => mapping.Uuid, Limit(call), call.Text("Marker"), static _ => Invalid("The marker is not one of an earlier page."));
        var listing = new JsonObject { ["EventSourceMappings"] = new JsonArray([.. page.Select(_mappings.Describe)]) };
        if (next is not null)
        {
            listing["NextMarker"] = next;
        }

        return listing;
    }

    private async Task UpdateAsync(HttpContext context, EventSourceMapping mapping, BodyBudget budget)
    {
        using var document = await ReadAsync(context, "UpdateEventSourceMapping", budget);
        if (document.RootElement.TryGetProperty("Enabled", out var enabled) && enabled.ValueKind != JsonValueKind.Null)
        {
            mapping.Enable(enabled.ValueKind is JsonValueKind.True or JsonValueKind.False ? enabled.GetBoolean() : throw JsonRequest.WrongType("Enabled"));
        }

        context.Response.StatusCode = StatusCodes.Status202Accepted;
        await WriteAsync(context, _mappings.Describe(mapping));
    }

    private static async Task ReserveAsync(HttpContext context, ReservedFunction function, BodyBudget budget)
    {
        using var document = await ReadAsync(context, "PutFunctionConcurrency", budget);
        function.Reserved = document.RootElement.TryGetProperty("ReservedConcurrentExecutions", out var reserved) && reserved.ValueKind == JsonValueKind.Number && reserved.TryGetInt32(out var number) && number >= 0
            ? number
            : throw Invalid("ReservedConcurrentExecutions is a whole number, at least 0.");
        await WriteAsync(context, Concurrency(function));
    }

    /// <summary>The body of a request, which is an object with members of the operation.</summary>
    private static async Task<JsonDocument> ReadAsync(HttpContext context, string operation, BodyBudget budget)
    {
        using var body = await RequestBody.ReadAsync(context.Request, MaxPayloadBytes, budget);
        CheckJson(body.Bytes);
        var document = JsonDocument.Parse(body.Bytes.Length == 0 ? "{}"u8.ToArray() : body.Bytes.ToArray());
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            document.Dispose();
            throw new AwsException(AwsError.Serialization("The request is not an object."));
        }

        Operations[operation].Check(operation, document.RootElement);
        return document;
    }

    private static JsonObject Concurrency(IInvocable function) =>
        function is ReservedFunction { Reserved: { } reserved } ? new JsonObject { ["ReservedConcurrentExecutions"] = reserved } : [];

    private ReservedFunction Reservable(string nameOrArn) => Find(nameOrArn) as ReservedFunction
        ?? throw new AwsException("ValidationException", $"The concurrency of {nameOrArn} cannot be reserved here.");

    private async Task InvokeAsync(HttpContext context, IInvocable function, string? type, BodyBudget budget)
    {
        using var body = await RequestBody.ReadAsync(context.Request, MaxPayloadBytes, budget);
        CheckJson(body.Bytes);
        if (type == "DryRun")
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        if (type == "Event")
        {
            await QueueAsync(function, body.Bytes);
            context.Response.Headers["x-amzn-RequestId"] = context.TraceIdentifier;
            context.Response.StatusCode = StatusCodes.Status202Accepted;
            return;
        }

        var trace = context.Request.Headers["X-Amzn-Trace-Id"].ToString();
        var result = await function.InvokeAsync(body.Bytes.Length == 0 ? "{}"u8.ToArray() : body.Bytes, trace.Length == 0 ? null : trace, context.RequestAborted);
        context.Response.Headers["X-Amz-Executed-Version"] = Version;
        context.Response.Headers["x-amzn-RequestId"] = context.TraceIdentifier;
        context.Response.ContentType = "application/json";
        if (result.Error is { } error)
        {
            context.Response.Headers["X-Amz-Function-Error"] = "Unhandled";
            await context.Response.WriteAsync(new JsonObject { ["errorType"] = error.Type, ["errorMessage"] = error.Message }.ToJsonString(), context.RequestAborted);
            return;
        }

        await context.Response.Body.WriteAsync(result.Payload, context.RequestAborted);
    }

    private async Task QueueAsync(IInvocable function, ReadOnlyMemory<byte> payload)
    {
        if (events is null)
        {
            throw new AwsException("ValidationException", "InvocationType Event is not supported here: RequestResponse, DryRun.");
        }

        if (payload.Length > MaxEventBytes)
        {
            throw new AwsException(new AwsError(413, "RequestTooLargeException", $"Request must be smaller than {MaxEventBytes} bytes for the InvokeFunction operation"));
        }

        await events.AddAsync(function.Name, payload.Length == 0 ? "{}"u8.ToArray() : payload);
    }

    private IInvocable Find(string nameOrArn)
    {
        var name = Uri.UnescapeDataString(nameOrArn);
        // A name, NAME:QUALIFIER, ACCOUNT:function:NAME, or an ARN.
        var parts = name.Split(':');
        var at = Array.IndexOf(parts, "function");
        var found = functions.GetValueOrDefault(parts[at + 1 < parts.Length ? at + 1 : 0]);
        return found is not null && parts.Skip(at + 2).All(static qualifier => qualifier == Version)
            ? found
            : throw new AwsException(new AwsError(404, "ResourceNotFoundException", $"Function not found: {(at < 0 ? Arn(name) : name)}"));
    }

    private static void CheckJson(ReadOnlyMemory<byte> payload)
    {
        try
        {
            if (payload.Length > 0)
            {
                JsonDocument.Parse(payload).Dispose();
            }
        }
        catch (JsonException malformed)
        {
            throw new AwsException(new AwsError(400, "InvalidRequestContentException", $"Could not parse request body into json: {malformed.Message}"));
        }
    }

    private JsonObject Configuration(string name) => new()
    {
        ["FunctionName"] = name,
        ["FunctionArn"] = Arn(name),
        ["Version"] = Version,
        ["PackageType"] = "Zip",
        ["State"] = "Active",
        ["LastUpdateStatus"] = "Successful",
    };

    private string Arn(string name) => $"arn:aws:lambda:{region}:{accountId}:function:{name}";

    private static async Task WriteAsync(HttpContext context, JsonObject answer)
    {
        context.Response.ContentType = "application/json";
        context.Response.Headers["x-amzn-RequestId"] = context.TraceIdentifier;
        await context.Response.WriteAsync(answer.ToJsonString());
    }
}
