using System.Text.Json;
using Amazon.Runtime;

namespace DataToEvents.Adapters.Shared;

/// <summary>The errors of AWS's JSON protocol: a code in <c>__type</c>, behind a namespace, and a message.</summary>
internal static class JsonErrors
{
    public static RefusedCallException Read(HttpResponseMessage response, ReadOnlySpan<byte> body)
    {
        var (code, message) = Parse(body);
        code ??= response.Headers.TryGetValues("x-amzn-errortype", out var types) ? types.First().Split(':')[0] : $"HTTP {(int)response.StatusCode}";
        code = code[(code.IndexOf('#', StringComparison.Ordinal) + 1)..];
        var id = response.Headers.TryGetValues("x-amzn-requestid", out var ids) ? ids.First() : null;
        var type = (int)response.StatusCode < 500 ? ErrorType.Sender : ErrorType.Receiver;
        return new RefusedCallException(message is null ? code : $"{code}: {message}", type, code, id, response.StatusCode, body.ToArray());
    }

    /// <summary>A body that is no JSON (a proxy's) says nothing.</summary>
    private static (string? Code, string? Message) Parse(ReadOnlySpan<byte> body)
    {
        string? code = null, message = null;
        try
        {
            var reader = new Utf8JsonReader(body);
            reader.Read();
            while (reader.NextMember())
            {
                if (reader.Is("__type"u8))
                {
                    code = reader.NextText();
                }
                else if (reader.Is("message"u8) || reader.Is("Message"u8))
                {
                    message = reader.NextText();
                }
                else
                {
                    reader.Skip();
                }
            }
        }
        catch (JsonException)
        {
            return (code, message);
        }

        return (code, message);
    }
}
