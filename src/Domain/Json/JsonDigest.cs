using System.Buffers.Text;

namespace DataToEvents.Domain.Json;

/// <summary>
/// Digests a JSON text without the values at some pointers, and the names of those that are members. It goes token by token, so that it makes no difference
/// whether such a member is there, and what white space is between tokens.
/// </summary>
internal sealed class JsonDigest(JsonPointerSet leftOut)
{
    private static readonly JsonReaderOptions AnyDepth = new() { MaxDepth = int.MaxValue };

    /// <param name="json">A JSON text.</param>
    /// <returns>SHA-256, base64url, 43 characters.</returns>
    public string Of(ReadOnlySpan<byte> json)
    {
        using var kept = new PooledBytes(2 * json.Length);
        var reader = new Utf8JsonReader(json, AnyDepth);
        reader.Read();
        Visit(ref reader, leftOut.Root, kept);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(kept.Written.Span, hash);
        return Base64Url.EncodeToString(hash);
    }

    private static void Visit(ref Utf8JsonReader reader, JsonPointerSet.Node? node, PooledBytes kept)
    {
        if (node is { Index: >= 0 })
        {
            reader.Skip();
            return;
        }

        Keep(ref reader, kept);
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject or JsonTokenType.StartArray when node is null || node.IsLeaf:
                KeepAll(ref reader, kept);
                break;
            case JsonTokenType.StartObject:
                VisitProperties(ref reader, node!, kept);
                break;
            case JsonTokenType.StartArray:
                VisitElements(ref reader, node!, kept);
                break;
        }
    }

    private static void VisitProperties(ref Utf8JsonReader reader, JsonPointerSet.Node node, PooledBytes kept)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var child = node.FindProperty(ref reader);
            if (child is not { Index: >= 0 })
            {
                Keep(ref reader, kept);
            }

            reader.Read();
            Visit(ref reader, child, kept);
        }

        Keep(ref reader, kept);
    }

    private static void VisitElements(ref Utf8JsonReader reader, JsonPointerSet.Node node, PooledBytes kept)
    {
        for (var position = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; position++)
        {
            Visit(ref reader, node.FindElement(position), kept);
        }

        Keep(ref reader, kept);
    }

    private static void KeepAll(ref Utf8JsonReader reader, PooledBytes kept)
    {
        var outer = reader.CurrentDepth;
        do
        {
            reader.Read();
            Keep(ref reader, kept);
        }
        while (reader.CurrentDepth > outer);
    }

    /// <summary>The token's kind, its bytes, and a zero, which no token holds.</summary>
    private static void Keep(ref Utf8JsonReader reader, PooledBytes kept)
    {
        var token = reader.ValueSpan;
        var room = kept.GetSpan(token.Length + 2);
        room[0] = (byte)reader.TokenType;
        token.CopyTo(room[1..]);
        room[token.Length + 1] = 0;
        kept.Advance(token.Length + 2);
    }
}
