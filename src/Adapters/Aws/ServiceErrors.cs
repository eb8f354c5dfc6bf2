using Amazon.Runtime;

namespace DataToEvents.Adapters.Aws;

/// <summary>The SDK's errors: their messages, and which of them another try may overcome.</summary>
public static class ServiceErrors
{
    /// <exception cref="AmazonServiceException">The call's error, <see cref="WithCode"/>.</exception>
    public static async Task<T> WithCodeAsync<T>(this Task<T> call)
    {
        try
        {
            return await call;
        }
        catch (AmazonServiceException fault)
        {
            throw fault.WithCode();
        }
    }

    /// <summary>The same error with its code in the message. The SDK's own message is only the service's text, and "Rate exceeded" does not say whose rate.</summary>
    public static AmazonServiceException WithCode(this AmazonServiceException fault) => new(
        fault.ErrorCode is { Length: > 0 } code ? $"{code}: {fault.Message}" : $"HTTP {(int)fault.StatusCode}: {fault.Message}",
        fault.InnerException,
        fault.ErrorType,
        fault.ErrorCode,
        fault.RequestId,
        fault.StatusCode);

    /// <summary>Whether another try may succeed: the service is throttling, or it failed. The code of a single entry's error means something else in each service; see its adapter.</summary>
    public static bool MayPass(AmazonServiceException fault) =>
        fault.StatusCode >= HttpStatusCode.InternalServerError || fault.StatusCode == HttpStatusCode.TooManyRequests
        || fault.ErrorCode?.Contains("Throttl", StringComparison.Ordinal) == true || fault.ErrorCode?.EndsWith("Exceeded", StringComparison.Ordinal) == true
        || fault.ErrorCode?.EndsWith("ExceededException", StringComparison.Ordinal) == true;

    /// <summary>Whether the service refused what the call holds, or who makes it: the same call will be refused again. Of several entries, one may be the reason.</summary>
    public static bool IsRefusal(AmazonServiceException fault) =>
        fault.StatusCode == HttpStatusCode.RequestEntityTooLarge
        || fault.ErrorCode is "ValidationException" or "SerializationException" or "InvalidParameterValue" or "MissingParameter" or "InvalidMessageContents"
            or "AccessDenied" or "AccessDeniedException"
        || fault.ErrorCode?.EndsWith("BatchRequestTooLong", StringComparison.Ordinal) == true;
}
