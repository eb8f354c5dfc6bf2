using System.Net.Sockets;
using Amazon.Runtime;

namespace DataToEvents.Recovery.Targets;

/// <summary>Tells what a service did to a call from what is wrong with this program.</summary>
internal static class ServiceFaults
{
    /// <summary>One line for a person, or null when the fault is a defect here or the caller's own abort.</summary>
    public static string? Describe(Exception fault, CancellationToken stopping) => fault switch
    {
        OperationCanceledException when stopping.IsCancellationRequested => null,
        // The SDK tells of a service that nobody listens for as an error without a status.
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
