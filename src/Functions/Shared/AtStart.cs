using System.Net;
using Amazon.Runtime;

namespace DataToEvents.Functions.Shared;

/// <summary>What a function works on is looked for as it starts: a slip in its settings is an error of the start, not of each event. The look opens the connection that the first event goes by.</summary>
internal static class AtStart
{
    // Lambda gives an init ten seconds, and says nothing of why they were not enough.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    /// <param name="service">Whom to name when no answer comes.</param>
    /// <param name="look">Fails if there is nothing.</param>
    /// <exception cref="TimeoutException">There was no answer.</exception>
    public static void Ensure(string service, Func<CancellationToken, Task> look)
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            look(patience.Token).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException fault)
        {
            throw new TimeoutException($"{service} did not answer within {Patience.TotalSeconds} seconds. A function in a VPC needs an endpoint of it there, or a way out.", fault);
        }
        catch (AmazonServiceException fault) when (MayPass(fault))
        {
            // It says nothing of the settings, and each event's call is tried again by itself.
            Console.Error.WriteLine($"{service} could not be asked at the start: {fault.Message}");
        }
    }

    private static bool MayPass(AmazonServiceException fault) =>
        fault.StatusCode >= HttpStatusCode.InternalServerError || fault.StatusCode == HttpStatusCode.TooManyRequests
        || fault.ErrorCode?.Contains("Throttl", StringComparison.Ordinal) == true || fault.ErrorCode?.EndsWith("Exceeded", StringComparison.Ordinal) == true
        || fault.ErrorCode?.EndsWith("ExceededException", StringComparison.Ordinal) == true;
}
