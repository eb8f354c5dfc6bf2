using Amazon.SQS.Model;
using DataToEvents.Application.Lanes;

namespace DataToEvents.Adapters.Sqs;

/// <summary>What the error of one entry in a SendMessageBatch means.</summary>
internal static class EntryErrors
{
    /// <summary>SQS reports a throttled sender as at fault too, but another try helps it.</summary>
    public static Attempt Attempt(BatchResultErrorEntry failed)
    {
        var reason = $"SQS: {failed.Code}: {failed.Message}";
        return failed.SenderFault == true && !IsThrottling(failed.Code)
            ? Application.Lanes.Attempt.Rejected(reason)
            : Application.Lanes.Attempt.Retry(reason);
    }

    // Throttling, ThrottlingException, RequestThrottled, KmsThrottled, KMS.ThrottlingException, ...
    private static bool IsThrottling(string? code) =>
        code is "OverLimit" or "TooManyRequestsException" || code?.Contains("Throttl", StringComparison.OrdinalIgnoreCase) == true;
}
