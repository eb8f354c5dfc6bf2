using System.Buffers.Text;
using System.Text;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.Annotations.APIGateway;

/// <summary>A body as API Gateway takes it: UTF-8 text, or base64 of binary.</summary>
internal readonly record struct HttpBody(ReadOnlyMemory<byte> Utf8, string ContentType, bool IsBase64)
{
    public bool IsEmpty => Utf8.IsEmpty;

    public static HttpBody Of(object body, ILambdaSerializer serializer) => body switch
    {
        null => default,
        string text => new HttpBody(Encoding.UTF8.GetBytes(text), "text/plain", false),
        Stream stream => Binary(ReadAll(stream)),
        byte[] bytes => Binary(bytes),
        IEnumerable<byte> bytes => Binary([.. bytes]),
        _ => Json(body, serializer),
    };

    private static HttpBody Binary(ReadOnlySpan<byte> bytes)
    {
        var utf8 = new byte[Base64.GetMaxEncodedToUtf8Length(bytes.Length)];
        Base64.EncodeToUtf8(bytes, utf8, out _, out var written);
        return new HttpBody(utf8.AsMemory(0, written), "application/octet-stream", true);
    }

    /// <summary>As in the package the static type is object, so a source-generated context has to register object and the body's own type.</summary>
    private static HttpBody Json(object body, ILambdaSerializer serializer)
    {
        using var json = new MemoryStream();
        serializer.Serialize(body, json);
        return new HttpBody(json.GetBuffer().AsMemory(0, (int)json.Length), "application/json", false);
    }

    private static byte[] ReadAll(Stream stream)
    {
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
