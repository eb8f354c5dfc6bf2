using System.Globalization;
using System.Net.Http.Headers;

namespace Amazon.Lambda.RuntimeSupport.RuntimeApi;

/// <summary>What `next` answers: the event as body, all else as headers.</summary>
internal sealed class NextInvocation
{
    public required string RequestId { get; init; }

    public required MemoryStream Event { get; init; }

    public DateTimeOffset Deadline { get; private init; }

    public string FunctionArn { get; private init; }

    public string TraceId { get; private init; }

    public string ClientContextJson { get; private init; }

    public string CognitoIdentityJson { get; private init; }

    public string TenantId { get; private init; }

    public static NextInvocation From(HttpResponseHeaders headers, byte[] body) => new()
    {
        RequestId = Header(headers, "Lambda-Runtime-Aws-Request-Id")
            ?? throw new RuntimeApiException("The next invocation came without the header Lambda-Runtime-Aws-Request-Id."),
        // As in the package: an array of its own for each event, in a stream that does not show it.
        Event = new MemoryStream(body),
        Deadline = long.TryParse(Header(headers, "Lambda-Runtime-Deadline-Ms"), CultureInfo.InvariantCulture, out var deadline)
            ? DateTimeOffset.FromUnixTimeMilliseconds(deadline)
            : DateTimeOffset.UnixEpoch,
        FunctionArn = Header(headers, "Lambda-Runtime-Invoked-Function-Arn"),
        TraceId = Header(headers, "Lambda-Runtime-Trace-Id"),
        ClientContextJson = Header(headers, "Lambda-Runtime-Client-Context"),
        CognitoIdentityJson = Header(headers, "Lambda-Runtime-Cognito-Identity"),
        TenantId = Header(headers, "Lambda-Runtime-Aws-Tenant-Id"),
    };

    private static string Header(HttpResponseHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;
}
