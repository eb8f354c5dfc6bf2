using System.Text.Json;

namespace DataToEvents.Emulator.Http.Json;

/// <summary>A service that speaks one of AWS's JSON protocols.</summary>
public interface IJsonService
{
    /// <summary>What comes before the operation in <c>X-Amz-Target</c>, without the dot.</summary>
    string TargetPrefix { get; }

    /// <summary><c>application/x-amz-json-1.0</c> or <c>1.1</c>.</summary>
    string ContentType { get; }

    /// <summary>What comes before an error's type in a body.</summary>
    string ErrorPrefix => "";

    int MaxBodyBytes { get; }

    /// <param name="operation">The operation's name.</param>
    /// <param name="request">The request's JSON, to be decoded in place if need be; valid until the returned task completes.</param>
    /// <param name="answer">Takes the answer's one object; nothing is written to it before the call has succeeded.</param>
    /// <param name="cancellationToken">The client is gone.</param>
    /// <exception cref="AwsException">The call failed as a whole.</exception>
    /// <exception cref="JsonException">The request is no JSON.</exception>
    Task AnswerAsync(string operation, Memory<byte> request, Utf8JsonWriter answer, CancellationToken cancellationToken);
}
