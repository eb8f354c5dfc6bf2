using Microsoft.AspNetCore.Http;

namespace DataToEvents.Emulator.Http;

/// <summary>Decides who may do what at the endpoints, as IAM does before a service sees a call.</summary>
public interface ICallPolicy
{
    /// <returns>Null when the call is allowed; else AWS's sentence of who may not do what on what.</returns>
    string? Refusal(ServiceCall call);
}

/// <param name="AccessKeyId">Of the call's signature; null when it has none.</param>
/// <param name="Service">What comes before the operation in <c>X-Amz-Target</c>, or <c>S3</c>.</param>
/// <param name="Operation">Such as <c>PutObject</c>.</param>
public sealed record ServiceCall(string? AccessKeyId, string Service, string Operation)
{
    // Behind the name of the algorithm.
    private const string Credential = " Credential=";

    /// <summary>The JSON of a call that has some, valid during the decision only.</summary>
    public ReadOnlyMemory<byte> Request { get; init; }

    /// <summary>Of a call to S3.</summary>
    public string? Bucket { get; init; }

    /// <summary>Of a call to an object in S3; of a listing, the prefix.</summary>
    public string? Key { get; init; }

    /// <summary>The signer's access key id as SigV4 writes it, in the header or in a presigned URL.</summary>
    public static string? Signer(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        var credential = header.IndexOf(Credential, StringComparison.Ordinal) is > 0 and var at ? header[(at + Credential.Length)..] : request.Query["X-Amz-Credential"].ToString();
        return credential.IndexOf('/', StringComparison.Ordinal) is > 0 and var end ? credential[..end] : null;
    }
}
