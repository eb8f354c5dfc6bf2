namespace DataToEvents.Emulator.Lambda;

/// <summary>The responses of the Runtime API to a runtime's reports, with Lambda's messages.</summary>
internal static class RuntimeAnswers
{
    public static Task VerdictAsync(HttpResponse response, RuntimeVerdict verdict) => verdict switch
    {
        RuntimeVerdict.Accepted => WriteAsync(response, StatusCodes.Status202Accepted, """{"status":"OK"}"""),
        RuntimeVerdict.WrongRequestId => WriteAsync(response, StatusCodes.Status400BadRequest, Error("Invalid request ID", "InvalidRequestID")),
        _ => WriteAsync(response, StatusCodes.Status403Forbidden, Error("State transition is not allowed", "InvalidStateTransition")),
    };

    public static Task TooLargeAsync(HttpResponse response) => WriteAsync(
        response,
        StatusCodes.Status413PayloadTooLarge,
        Error($"Exceeded maximum allowed payload size ({LambdaErrors.MaxPayloadBytes} bytes).", "RequestEntityTooLarge"));

    public static Task NotFoundAsync(HttpResponse response) =>
        WriteAsync(response, StatusCodes.Status404NotFound, Error("No such operation", "NotFound"));

    private static string Error(string message, string type) => $$"""{"errorMessage":"{{message}}","errorType":"{{type}}"}""";

    private static Task WriteAsync(HttpResponse response, int status, string json)
    {
        response.StatusCode = status;
        response.ContentType = "application/json";
        return response.WriteAsync(json);
    }
}
