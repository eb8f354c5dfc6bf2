namespace DataToEvents.Generator.Sending;

/// <summary>Classifies the exceptions of the SDK by what they say about a target.</summary>
internal static class TargetFaults
{
    /// <summary>Returns null when the exception says nothing about the target: a defect here, or the caller's own cancellation.</summary>
    public static TargetFault? Classify(Exception fault, CancellationToken abort) => fault switch
    {
        OperationCanceledException when abort.IsCancellationRequested => null,
        AmazonServiceException { StatusCode: HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests } => TargetFault.Busy,
        AmazonServiceException { ErrorCode: "ThrottlingException" or "LimitExceededException" or "RequestThrottled" } => TargetFault.Busy,
        AmazonServiceException { StatusCode: >= HttpStatusCode.InternalServerError } => TargetFault.Troubled,
        AmazonServiceException { StatusCode: 0, InnerException: HttpRequestException or IOException } => WithoutAnswer(fault.InnerException),
        AmazonClientException or AmazonServiceException => TargetFault.Refused,
        // HttpClient's own timeout is a cancellation that nobody asked for.
        HttpRequestException or IOException or TimeoutException or OperationCanceledException => WithoutAnswer(fault),
        _ => null,
    };

    /// <summary>A connection that broke in mid-call tells of a target that was there; one that could not be made does not.</summary>
    private static TargetFault WithoutAnswer(Exception? fault) =>
        fault is IOException or HttpRequestException { InnerException: IOException } ? TargetFault.Troubled : TargetFault.Unreachable;

    public static string Cause(Exception fault) => fault switch
    {
        AmazonServiceException { ErrorCode: { Length: > 0 } code } => $"{code}: {fault.Message}",
        _ => fault.Message,
    };
}
