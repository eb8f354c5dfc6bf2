using System.Net;
using Amazon.Runtime;

namespace DataToEvents.Adapters.Shared;

/// <summary>A service of AWS's JSON protocol refused a call.</summary>
internal sealed class RefusedCallException(string message, ErrorType type, string code, string? requestId, HttpStatusCode status, byte[] body)
    : AmazonServiceException(message, null, type, code, requestId, status)
{
    /// <summary>The error as it came: some say more than a code and a message.</summary>
    public ReadOnlySpan<byte> Body => body;
}
