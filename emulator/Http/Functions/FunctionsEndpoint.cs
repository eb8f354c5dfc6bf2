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
    private const string Version = FunctionRequests.Version;

    /// <summary>The request of an asynchronous invocation. Source: AWS Lambda Developer Guide, "Lambda quotas".</summary>
    private const int MaxEventBytes = 1024 * 1024;

    private const int MaxItems = 50;

    private readonly MappingCalls _mappings = new(mappings, name => $"arn:aws:lambda:{region}:{accountId}:function:{name}");

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

    private static int Limit(JsonRequest call) => call.Text("MaxItems") switch
    {
        null => MaxItems,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= 10_000 => Math.Min(limit, MaxItems),
        var text => throw Invalid($"1 validation error detected: Value '{text}' at 'maxItems' failed to satisfy constraint: Member must have a value from 1 to 10000"),
    };

    private static AwsException Invalid(string message) => new(new AwsError(400, "InvalidParameterValueException", message));

    private async Task RouteAsync(HttpContext context, BodyBudget budget)
    {
        var (operation, name) = FunctionRequests.Target(context.Request);
        if (operation is null)
        {
            throw new AwsException(AwsError.UnknownOperation);
        }

        if (policy?.Refusal(new AwsCall(AwsCall.Signer(context.Request), "Lambda", operation) { Key = name }) is { } refusal)
        {
            throw new AwsException(AwsError.AccessDenied(refusal) with { Status = 403 });
        }

        var call = FunctionRequests.Members(context.Request, operation);
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
        using var document = await FunctionRequests.ReadAsync(context, "UpdateEventSourceMapping", budget);
        if (document.RootElement.TryGetProperty("Enabled", out var enabled) && enabled.ValueKind != JsonValueKind.Null)
        {
            mapping.Enable(enabled.ValueKind is JsonValueKind.True or JsonValueKind.False ? enabled.GetBoolean() : throw JsonRequest.WrongType("Enabled"));
        }

        context.Response.StatusCode = StatusCodes.Status202Accepted;
        await WriteAsync(context, _mappings.Describe(mapping));
    }

    private static async Task ReserveAsync(HttpContext context, ReservedFunction function, BodyBudget budget)
    {
        using var document = await FunctionRequests.ReadAsync(context, "PutFunctionConcurrency", budget);
        function.Reserved = document.RootElement.TryGetProperty("ReservedConcurrentExecutions", out var reserved) && reserved.ValueKind == JsonValueKind.Number && reserved.TryGetInt32(out var number) && number >= 0
            ? number
            : throw Invalid("ReservedConcurrentExecutions is a whole number, at least 0.");
        await WriteAsync(context, Concurrency(function));
    }

    private static JsonObject Concurrency(IInvocable function) =>
        function is ReservedFunction { Reserved: { } reserved } ? new JsonObject { ["ReservedConcurrentExecutions"] = reserved } : [];

    private ReservedFunction Reservable(string nameOrArn) => Find(nameOrArn) as ReservedFunction
        ?? throw new AwsException("ValidationException", $"The concurrency of {nameOrArn} cannot be reserved here.");

    private async Task InvokeAsync(HttpContext context, IInvocable function, string? type, BodyBudget budget)
    {
        using var body = await FunctionRequests.PayloadAsync(context.Request, budget);
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
