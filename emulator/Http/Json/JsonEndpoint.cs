using DataToEvents.Emulator.Server;

namespace DataToEvents.Emulator.Http.Json;

/// <summary>Passes a call to the service that its target header names, and writes errors as AWS does.</summary>
internal sealed class JsonEndpoint(IEnumerable<IJsonService> services, ICallPolicy? policy)
{
    public const string TargetHeader = "X-Amz-Target";

    // Message bodies contain many quotes. The relaxed encoder writes \" instead of \u0022.
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly Dictionary<string, IJsonService> _services = services.ToDictionary(service => service.TargetPrefix);

    public async Task AnswerAsync(HttpContext context, string target, BodyBudget budget)
    {
        var dot = target.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0 || !_services.TryGetValue(target[..dot], out var service) || !IsAwsJson(context.Request.ContentType))
        {
            await AwsError.UnknownOperation.WriteAsync(context.Response);
            return;
        }

        try
        {
            await AnswerAsync(context, service, target[(dot + 1)..], budget);
        }
        catch (AwsException refused)
        {
            await refused.Error.WriteAsync(context.Response, service.ContentType, service.ErrorPrefix);
        }
        catch (ServiceException refused)
        {
            await service.Refusal(refused).WriteAsync(context.Response, service.ContentType, service.ErrorPrefix);
        }
        catch (Exception malformed) when (malformed is JsonException || IsOfTheJson(malformed))
        {
            await AwsError.Serialization(malformed.Message).WriteAsync(context.Response, service.ContentType);
        }
        catch (BodyTooLargeException)
        {
            await AwsError.TooLarge.WriteAsync(context.Response, service.ContentType);
        }
        catch (BodyBudgetSpentException)
        {
            await AwsError.SlowDown.WriteAsync(context.Response, service.ContentType);
        }
    }

    private async Task AnswerAsync(HttpContext context, IJsonService service, string operation, BodyBudget budget)
    {
        if (!service.Operations.ContainsKey(operation))
        {
            throw new AwsException(AwsError.UnknownOperation with { Status = 400 });
        }

        using var body = await RequestBody.ReadAsync(context.Request, service.MaxBodyBytes, budget);
        var call = new AwsCall(AwsCall.Signer(context.Request), service.TargetPrefix, operation) { Request = body.Bytes };
        if (policy?.Refusal(call) is { } refusal)
        {
            throw new AwsException(AwsError.AccessDenied(refusal));
        }

        context.Response.ContentType = service.ContentType;
        context.Response.Headers["x-amzn-RequestId"] = context.TraceIdentifier;
        await using var answer = new Utf8JsonWriter(context.Response.BodyWriter, WriterOptions);
        await service.AnswerAsync(operation, body.Bytes, answer, context.RequestAborted);
    }

    /// <summary>True for a value of the wrong type, half a surrogate pair, or digits that are not a number.</summary>
    private static bool IsOfTheJson(Exception fault) =>
        fault is InvalidOperationException or FormatException && fault.Source?.StartsWith("System.Text.Json", StringComparison.Ordinal) == true;

    private static bool IsAwsJson(string? contentType) =>
        contentType is not null && contentType.StartsWith("application/x-amz-json-1.", StringComparison.OrdinalIgnoreCase);
}
