namespace DataToEvents.Emulator.Http;

/// <summary>Decides who may do what at the endpoints, as IAM does before a service sees a call.</summary>
public interface ICallPolicy
{
    /// <returns>Null when the call is allowed; else AWS's message, which names caller, action and resource.</returns>
    string? Refusal(AwsCall call);
}

/// <summary>A call to a service, as a policy judges it.</summary>
/// <param name="AccessKeyId">The access key id of the signature; null when the call is not signed.</param>
/// <param name="Service">The part of <c>X-Amz-Target</c> before the operation, or <c>S3</c>.</param>
/// <param name="Operation">The name of the operation, such as <c>PutObject</c>.</param>
public sealed record AwsCall(string? AccessKeyId, string Service, string Operation)
{
    // It follows the name of the algorithm.
    private const string Credential = " Credential=";

    /// <summary>The JSON of a call to a JSON service. Valid only during the decision.</summary>
    public ReadOnlyMemory<byte> Request { get; init; }

    /// <summary>The bucket of a call to S3; else null.</summary>
    public string? Bucket { get; init; }

    /// <summary>The key of a call to an object in S3; the prefix of a listing; else null.</summary>
    public string? Key { get; init; }

    /// <summary>The service that a request is signed for, such as <c>sqs</c>; null when it is not signed.</summary>
    public static string? ServiceOf(HttpRequest request) => Scope(request) is [_, _, _, var service, ..] ? service : null;

    /// <summary>The signer's access key id, read from SigV4's header or a presigned URL; null when there is none.</summary>
    public static string? Signer(HttpRequest request) => Scope(request) is [{ Length: > 0 } key, _, ..] ? key : null;

    /// <summary>The parts of the credential: access key id, date, region, service.</summary>
    private static string[] Scope(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        var credential = header.IndexOf(Credential, StringComparison.Ordinal) is > 0 and var at ? header[(at + Credential.Length)..] : request.Query["X-Amz-Credential"].ToString();
        return credential.Split(',', 2)[0].Split('/');
    }
}
