namespace DataToEvents.Emulator.Http;

/// <summary>An error as AWS's JSON protocols write it.</summary>
/// <param name="Status">The HTTP status: 400 for an error of the caller, 500 and above for one of the service.</param>
/// <param name="Type">The name of the error's shape, such as <c>ResourceNotFoundException</c>.</param>
/// <param name="Message">An explanation for people.</param>
public sealed record AwsError(int Status, string Type, string Message)
{
    public static AwsError InternalFailure { get; } = new(500, "InternalFailure", "The request processing has failed because of an unknown error, exception or failure.");

    public static AwsError UnknownOperation { get; } = new(404, "UnknownOperationException", "The requested operation is not recognized by the service.");

    public static AwsError TooLarge { get; } = new(413, "RequestEntityTooLargeException", "The request body is larger than this service takes.");

    public static AwsError SlowDown { get; } = new(503, "ServiceUnavailableException", "Slow down.");

    /// <summary>The error's code in the older query protocol. SDKs of SQS read it from a header of its own.</summary>
    public string? QueryCode { get; init; }

    /// <summary>Writes further members of the error's shape.</summary>
    public Action<Utf8JsonWriter>? Details { get; init; }

    public static AwsError AccessDenied(string message) => new(400, "AccessDeniedException", message) { QueryCode = "AccessDenied" };

    public static AwsError Serialization(string message) => new(400, "SerializationException", message);

    /// <summary>Writes the error. If part of another response was sent already, the connection is cut.</summary>
    public async Task WriteAsync(HttpResponse response, string contentType = "application/x-amz-json-1.1", string typePrefix = "")
    {
        if (response.HasStarted)
        {
            response.HttpContext.Abort();
            return;
        }

        response.StatusCode = Status;
        response.ContentType = contentType;
        response.Headers["x-amzn-ErrorType"] = Type;
        response.Headers["x-amzn-RequestId"] = response.HttpContext.TraceIdentifier;
        if (QueryCode is not null)
        {
            response.Headers["x-amzn-query-error"] = $"{QueryCode};{(Status < 500 ? "Sender" : "Receiver")}";
        }

        await using var json = new Utf8JsonWriter(response.BodyWriter, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteString("__type", typePrefix + Type);
        json.WriteString("message", Message);
        Details?.Invoke(json);
        json.WriteEndObject();
    }
}
