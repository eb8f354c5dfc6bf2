using System.Text.Encodings.Web;
using System.Text.Json;
using DataToEvents.Emulator.Server;
using Microsoft.AspNetCore.Http;

namespace DataToEvents.Emulator.Http.Json;

/// <summary>Leads a call to the service that its target header names, and words what goes wrong as AWS does.</summary>
internal sealed class JsonEndpoint(IEnumerable<IJsonService> services, ICallPolicy? policy)
{
    public const string TargetHeader = "X-Amz-Target";

    // Message bodies are full of quotes: relaxed, they are \" instead of \u0022.
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
        catch (JsonException malformed)
        {
            await AwsError.Serialization(malformed.Message).WriteAsync(context.Response, service.ContentType);
        }
        catch (Exception malformed) when (IsOfTheJson(malformed))
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
        using var body = await RequestBody.ReadAsync(context.Request, service.MaxBodyBytes, budget);
        var call = new ServiceCall(ServiceCall.Signer(context.Request), service.TargetPrefix, operation) { Request = body.Bytes };
        if (policy?.Refusal(call) is { } refusal)
        {
            throw new AwsException(AwsError.AccessDenied(refusal));
        }

        context.Response.ContentType = service.ContentType;
        context.Response.Headers["x-amzn-RequestId"] = context.TraceIdentifier;
        await using var answer = new Utf8JsonWriter(context.Response.BodyWriter, WriterOptions);
        await service.AnswerAsync(operation, body.Bytes, answer, context.RequestAborted);
    }

    /// <summary>A value of another type than a service reads it as, half a surrogate pair, digits that are no number.</summary>
    private static bool IsOfTheJson(Exception fault) =>
        fault is InvalidOperationException or FormatException && fault.Source?.StartsWith("System.Text.Json", StringComparison.Ordinal) == true;

    private static bool IsAwsJson(string? contentType) =>
        contentType is not null && contentType.StartsWith("application/x-amz-json-1.", StringComparison.OrdinalIgnoreCase);
}
