using DataToEvents.Emulator.Server;

namespace DataToEvents.Emulator.Http.Functions;

/// <summary>How requests to Lambda are read: their paths, and the members in their queries, headers and bodies.</summary>
internal static class FunctionRequests
{
    /// <summary>The one version that a function has.</summary>
    public const string Version = "$LATEST";

    private const string Root = "/2015-03-31/functions";

    private const string MappingsRoot = "/2015-03-31/event-source-mappings";

    /// <summary>Where a function's concurrency is written, and where it is read.</summary>
    private static readonly string[] ConcurrencyRoots = ["/2017-10-31/functions", "/2019-09-30/functions"];

    private const string InvocationType = "X-Amz-Invocation-Type";

    /// <summary>The request of a synchronous invocation. Source: AWS Lambda Developer Guide, "Lambda quotas".</summary>
    private const int MaxPayloadBytes = 6 * 1024 * 1024;

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

    /// <summary>Whether a request is one for Lambda, by its path.</summary>
    public static bool Serves(HttpRequest request) => request.Path.StartsWithSegments(Root) || request.Path.StartsWithSegments(MappingsRoot) || Array.Exists(ConcurrencyRoots, root => request.Path.StartsWithSegments(root));

    /// <returns>The operation that a request stands for, and the function or mapping that its path names; null for an operation that is not here.</returns>
    public static (string? Operation, string Name) Target(HttpRequest request)
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
    /// <exception cref="AwsException">The operation does not honour one of them.</exception>
    public static JsonRequest Members(HttpRequest request, string operation)
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

    /// <summary>The body of a request, which is empty or JSON.</summary>
    public static async Task<RequestBody> PayloadAsync(HttpRequest request, BodyBudget budget)
    {
        var body = await RequestBody.ReadAsync(request, MaxPayloadBytes, budget);
        try
        {
            if (body.Bytes.Length > 0)
            {
                JsonDocument.Parse(body.Bytes).Dispose();
            }

            return body;
        }
        catch (JsonException malformed)
        {
            body.Dispose();
            throw new AwsException(new AwsError(400, "InvalidRequestContentException", $"Could not parse request body into json: {malformed.Message}"));
        }
    }

    /// <summary>The body of a request, which is an object with members of the operation.</summary>
    public static async Task<JsonDocument> ReadAsync(HttpContext context, string operation, BodyBudget budget)
    {
        using var body = await PayloadAsync(context.Request, budget);
        var document = JsonDocument.Parse(body.Bytes.Length == 0 ? "{}"u8.ToArray() : body.Bytes.ToArray());
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            document.Dispose();
            throw new AwsException(AwsError.Serialization("The request is not an object."));
        }

        Operations[operation].Check(operation, document.RootElement);
        return document;
    }
}
