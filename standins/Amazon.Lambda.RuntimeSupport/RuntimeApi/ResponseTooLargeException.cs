using System.Net;

namespace Amazon.Lambda.RuntimeSupport.RuntimeApi;

/// <summary>The Runtime API answered 413 to a handler's answer.</summary>
internal sealed class ResponseTooLargeException(string message) : RuntimeApiException(message, HttpStatusCode.RequestEntityTooLarge);
