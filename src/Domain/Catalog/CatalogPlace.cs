namespace DataToEvents.Domain.Catalog;

/// <summary>Finds the line and the column of a place in a catalog's file.</summary>
internal static class CatalogPlace
{
    /// <returns>Line and column, both counted from 1; the column counts bytes. Line 1, column 1 if the file does not have the place.</returns>
    public static (int Line, int Column) Find(ReadOnlySpan<byte> json, string path)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        var start = TryFind(ref reader, CatalogNode.Root, path, out var found) ? found : 0;
        var before = json[..start];
        return (before.Count((byte)'\n') + 1, start - before.LastIndexOf((byte)'\n'));
    }

    /// <summary>Walks through the value at the reader.</summary>
    private static bool TryFind(ref Utf8JsonReader reader, string here, string path, out int start)
    {
        start = (int)reader.TokenStartIndex;
        if (here == path)
        {
            return true;
        }

        if (!path.StartsWith(here, StringComparison.Ordinal))
        {
            reader.Skip();
        }
        else if (reader.TokenType == JsonTokenType.StartArray)
        {
            for (var index = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; index++)
            {
                if (TryFind(ref reader, $"{here}[{index}]", path, out start))
                {
                    return true;
                }
            }
        }
        else if (reader.TokenType == JsonTokenType.StartObject)
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var (name, nameStart) = ($"{here}.{reader.GetString()}", (int)reader.TokenStartIndex);
                reader.Read();
                if (TryFind(ref reader, name, path, out start))
                {
                    start = name == path ? nameStart : start;
                    return true;
                }
            }
        }

        return false;
    }
}
