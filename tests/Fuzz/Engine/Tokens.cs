namespace DataToEvents.Fuzz.Tests.Engine;

/// <summary>Finds the tokens of a text, as far as it is JSON.</summary>
internal static class Tokens
{
    private static readonly JsonReaderOptions Lenient = new() { MaxDepth = int.MaxValue, AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    public static List<(int Start, int Length)> Of(byte[] text)
    {
        var tokens = new List<(int, int)>();
        var reader = new Utf8JsonReader(text, Lenient);
        try
        {
            while (reader.Read())
            {
                var start = (int)reader.TokenStartIndex;
                tokens.Add((start, (int)reader.BytesConsumed - start));
            }
        }
        catch (JsonException)
        {
            // The rest is no JSON.
        }

        return tokens;
    }
}
