using System.Net.Sockets;

namespace DataToEvents.Recovery.Targets;

/// <summary>Tells the faults of a service from the defects of this program.</summary>
internal static class ServiceFaults
{
    /// <summary>Describes a fault in one line. Returns null for a defect here or the caller's own cancellation.</summary>
    public static string? Describe(Exception fault, CancellationToken stopping) => fault switch
    {
        OperationCanceledException when stopping.IsCancellationRequested => null,
        // If nobody listens at the address, the SDK reports an error without a status.
        AmazonServiceException { StatusCode: 0, InnerException: HttpRequestException or IOException or SocketException } unreachable =>
            $"{Service(unreachable)} cannot be reached: {unreachable.InnerException!.Message}",
        AmazonServiceException refused => $"{Service(refused)} refused: {refused.ErrorCode}: {refused.Message}",
        AmazonClientException client => client.Message,
        HttpRequestException or IOException or TimeoutException => fault.Message,
        OperationCanceledException => "a service did not answer in time",
        InvalidOperationException { InnerException: AmazonServiceException } named => named.Message,
        _ => null,
    };

    private static string Service(AmazonServiceException fault) => fault.GetType().Namespace?.Split('.') is ["Amazon", var name, ..] ? name : "the service";
}
