using System.Net.Sockets;

namespace DataToEvents.Recovery.Targets;

/// <summary>Tells the faults of a service from the defects of this program.</summary>
internal static partial class ServiceFaults
{
    /// <summary>Describes a fault in one line. Returns null for a defect here or the caller's own cancellation.</summary>
    public static string? Describe(Exception fault, CancellationToken stopping) => fault switch
    {
        OperationCanceledException when stopping.IsCancellationRequested => null,
        // If nobody listens at the address, the SDK reports an error without a status.
        AmazonServiceException { StatusCode: 0, InnerException: HttpRequestException or IOException or SocketException } unreachable =>
            $"{Service(unreachable)} cannot be reached: {Innermost(unreachable)}; allowed: {TargetDefaults.Ways}.",
        AmazonServiceException { StatusCode: 0, ErrorCode: null or "" } unanswered => $"{Service(unanswered)} did not answer: {Innermost(unanswered)}",
        AmazonServiceException refused => $"{Service(refused)} refused: {refused.ErrorCode}: {refused.Message}",
        AmazonClientException client when client.Message.Contains("RegionEndpoint", StringComparison.Ordinal) => $"no AWS region is known; allowed: {TargetDefaults.Ways}.",
        AmazonClientException client when client.Message.Contains("credentials", StringComparison.OrdinalIgnoreCase) =>
            "no AWS credentials were found; allowed: AWS_PROFILE (after `aws sso login` where it needs one), or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.",
        AmazonClientException client => Innermost(client),
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError } unreachable =>
            $"nobody answers there: {Innermost(unreachable)}; is the host running? Allowed: {TargetDefaults.Ways}.",
        HttpRequestException or IOException or TimeoutException => Innermost(fault),
        OperationCanceledException => "a service did not answer in time",
        InvalidOperationException { InnerException: AmazonServiceException } named => named.Message,
        _ => null,
    };

    /// <summary>The permission that the caller lacks, as the service names it ("is not authorized to perform: sqs:GetQueueUrl"). Null if that is not what is wrong.</summary>
    public static string? MissingPermission(Exception fault) =>
        fault is AmazonServiceException { StatusCode: HttpStatusCode.Forbidden or HttpStatusCode.BadRequest } refused && (refused.ErrorCode ?? "").Contains("AccessDenied", StringComparison.Ordinal)
            ? NotAuthorized().Match(refused.Message) is { Success: true } named ? named.Groups[1].Value : $"a permission for {Service(refused)} that it does not name"
            : null;

    [GeneratedRegex("not authorized to perform:? ([a-zA-Z0-9-]+:[a-zA-Z]+)")]
    private static partial Regex NotAuthorized();

    /// <summary>The SDK's own message says "see inner exception", where an inner one says what happened. HTTP's message has the address, which the inner one has not.</summary>
    private static string Innermost(Exception fault) =>
        fault.InnerException is { } inner && (fault is not HttpRequestException || fault.Message.Contains("inner exception", StringComparison.Ordinal)) ? Innermost(inner) : fault.Message;

    private static string Service(AmazonServiceException fault) => fault.GetType().Namespace?.Split('.') is ["Amazon", var name, ..] ? name : "the service";
}
