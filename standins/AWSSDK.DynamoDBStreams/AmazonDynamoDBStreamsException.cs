using System.Net;
using Amazon.Runtime;

namespace Amazon.DynamoDBStreams;

/// <summary>An error that DynamoDB Streams answered with.</summary>
public class AmazonDynamoDBStreamsException : AmazonServiceException
{
    public AmazonDynamoDBStreamsException(string message)
        : base(message)
    {
    }

    public AmazonDynamoDBStreamsException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public AmazonDynamoDBStreamsException(Exception innerException)
        : base(innerException)
    {
    }

    public AmazonDynamoDBStreamsException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode)
    {
    }

    public AmazonDynamoDBStreamsException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
