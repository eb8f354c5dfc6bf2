using System.Net;

namespace Amazon.Lambda.RuntimeSupport.RuntimeApi;

/// <summary>The Runtime API is out of reach, or did not take what it was sent.</summary>
internal class RuntimeApiException : Exception
{
    public RuntimeApiException(string message, HttpStatusCode? statusCode, Exception innerException = null)
        : base(message, innerException) => StatusCode = statusCode;

    /// <summary>Null when there was no answer.</summary>
    public HttpStatusCode? StatusCode { get; }

    /// <summary>It answered, and says that this one call was wrong; the next may succeed.</summary>
    public bool IsRefusal => StatusCode is >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError;
}
