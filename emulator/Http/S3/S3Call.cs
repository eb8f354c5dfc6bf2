using DataToEvents.Emulator.Objects;
using DataToEvents.Emulator.Server;

namespace DataToEvents.Emulator.Http.S3;

/// <summary>One request, once its operation is known and allowed.</summary>
/// <param name="Http">The request and its response.</param>
/// <param name="Operation">The name of the operation.</param>
/// <param name="Name">The bucket's name.</param>
/// <param name="Bucket">The bucket.</param>
/// <param name="Key">The object's key; empty if the request is for the bucket.</param>
/// <param name="Budget">The memory for bodies.</param>
/// <param name="Clock">The clock of the service.</param>
internal sealed record S3Call(HttpContext Http, string Operation, string Name, ObjectBucket Bucket, string Key, BodyBudget Budget, TimeProvider Clock)
{
    public HttpRequest Request => Http.Request;

    public HttpResponse Response => Http.Response;

    public CancellationToken Aborted => Http.RequestAborted;

    /// <returns>The header's value; null if there is none.</returns>
    public string? Header(string name) => Request.Headers.TryGetValue(name, out var value) ? value.ToString() : null;

    /// <returns>The parameter's value; null if there is none or it is empty.</returns>
    public string? Parameter(string name) => Request.Query[name].ToString() is { Length: > 0 } value ? value : null;

    /// <summary>A number in the query.</summary>
    /// <exception cref="S3Exception">It is not a number, or a negative one.</exception>
    public int Number(string name, int otherwise) => Parameter(name) is not { } text
        ? otherwise
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new S3Exception(S3Error.InvalidArgument($"Provided {name} not an integer or within integer range", name, text));
}
