namespace DataToEvents.Emulator.Http.Json;

/// <summary>A service that speaks one of AWS's JSON protocols.</summary>
public interface IJsonService
{
    /// <summary>The part of <c>X-Amz-Target</c> before the dot and the operation.</summary>
    string TargetPrefix { get; }

    /// <summary><c>application/x-amz-json-1.0</c> or <c>1.1</c>.</summary>
    string ContentType { get; }

    /// <summary>The prefix of error types in response bodies.</summary>
    string ErrorPrefix => "";

    int MaxBodyBytes { get; }

    /// <summary>The operations, and the members that the requests of each may have. The endpoint refuses every other operation.</summary>
    IReadOnlyDictionary<string, RequestShape> Operations { get; }

    /// <param name="operation">The operation's name, one of <see cref="Operations"/>.</param>
    /// <param name="request">The request's JSON. The service may decode it in place. Valid until the returned task completes.</param>
    /// <param name="answer">Takes the response object. The service writes nothing before the call has succeeded.</param>
    /// <param name="cancellationToken">Cancelled when the client disconnects.</param>
    /// <exception cref="AwsException">The call failed as a whole.</exception>
    /// <exception cref="ServiceException">The service refuses the call as a whole.</exception>
    /// <exception cref="JsonException">The request is not JSON.</exception>
    Task AnswerAsync(string operation, Memory<byte> request, Utf8JsonWriter answer, CancellationToken cancellationToken);

    /// <summary>How the protocol writes what the service refuses.</summary>
    AwsError Refusal(ServiceException refused) => new(400, refused.Code, refused.Message);
}
