using System.Net;
using Amazon.Runtime;

namespace Amazon.ServiceQuotas.Model;

/// <summary>There is no such quota, or none of its own for this account.</summary>
public class NoSuchResourceException : AmazonServiceQuotasException
{
    public NoSuchResourceException(string message)
        : base(message)
    {
    }

    public NoSuchResourceException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
