using System.Net;
using Amazon.Runtime;

namespace Amazon.Lambda;

/// <summary>An error that Lambda answered with.</summary>
public class AmazonLambdaException : AmazonServiceException
{
    public AmazonLambdaException(string message)
        : base(message)
    {
    }

    public AmazonLambdaException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public AmazonLambdaException(Exception innerException)
        : base(innerException)
    {
    }

    public AmazonLambdaException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode)
    {
    }

    public AmazonLambdaException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
