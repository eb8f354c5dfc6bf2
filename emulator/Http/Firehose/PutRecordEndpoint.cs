using DataToEvents.Emulator.DeliveryStreams;
using DataToEvents.Emulator.Server;

namespace DataToEvents.Emulator.Http.Firehose;

/// <summary>
/// A route that puts the body of a request into a delivery stream as one record: a REST API of API Gateway whose integration calls PutRecord.
/// Its answers are 200 with the record's id, 413, 415 and 503. Source: API Gateway Developer Guide, "Integrations for REST APIs"; terraform/modules/ingest is such an API.
/// </summary>
public sealed class PutRecordEndpoint(DeliveryStream stream)
{
    /// <summary>The path of the route.</summary>
    public const string Path = "/ingest";

    internal const string TooLarge = "A record has at most 1,024,000 bytes. Send this one in parts, or its payload by reference.";

    internal const string Throttled = "The delivery stream takes no more at the moment. Send the record again.";

    /// <summary>API Gateway's text for a type without a mapping template.</summary>
    private const string OtherType = "Unsupported Media Type";

    private static readonly HashSet<string> MediaTypes =
        new(["application/cloudevents+json", "application/json", "application/x-ndjson", "text/plain"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a request is one for the route.</summary>
    internal static bool Serves(HttpRequest request) => request.Path == Path && HttpMethods.IsPost(request.Method);

    internal async Task AnswerAsync(HttpContext context, BodyBudget budget)
    {
        var request = context.Request;
        if (IsOfAnotherSite(context))
        {
            await RefuseAsync(context.Response, StatusCodes.Status403Forbidden, "Forbidden");
            return;
        }

        if (request.ContentType is { Length: > 0 } type && !MediaTypes.Contains(type.Split(';')[0].Trim()))
        {
            await RefuseAsync(context.Response, StatusCodes.Status415UnsupportedMediaType, OtherType);
            return;
        }

        try
        {
            using var body = await RequestBody.ReadAsync(request, DeliveryStreamLimits.MaxRecordBytes, budget);
            await WriteAsync(context.Response, new JsonObject { ["recordId"] = await stream.PutRecordAsync(body.Bytes) });
        }
        catch (BodyTooLargeException)
        {
            context.Response.Headers.Connection = "close";
            await RefuseAsync(context.Response, StatusCodes.Status413PayloadTooLarge, TooLarge);
        }
        catch (BodyBudgetSpentException)
        {
            await RefuseAsync(context.Response, StatusCodes.Status503ServiceUnavailable, Throttled);
        }
        catch (ServiceException refused) when (refused.Code == PutRecordEntry.ServiceUnavailable)
        {
            await RefuseAsync(context.Response, StatusCodes.Status503ServiceUnavailable, Throttled);
        }
    }

    /// <summary>A browser sends text to another site without asking first. Pages of other sites may not put records, unless <see cref="CrossOrigin"/> has let them in.</summary>
    private static bool IsOfAnotherSite(HttpContext context) =>
        context.Request.Headers.Origin.Count > 0
        && context.Request.Headers.Origin.ToString() != $"http://{context.Request.Host}"
        && context.Response.Headers.AccessControlAllowOrigin.Count == 0;

    private static Task RefuseAsync(HttpResponse response, int status, string message)
    {
        response.StatusCode = status;
        return WriteAsync(response, new JsonObject { ["message"] = message });
    }

    private static Task WriteAsync(HttpResponse response, JsonObject answer)
    {
        response.ContentType = "application/json";
        return response.WriteAsync(answer.ToJsonString());
    }
}
