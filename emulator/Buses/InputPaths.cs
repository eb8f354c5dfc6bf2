namespace DataToEvents.Emulator.Buses;

/// <summary>A target's InputPath: a JSON path of member names, such as <c>$.detail.order</c>.</summary>
internal static partial class InputPaths
{
    public static bool IsSupported(string path) => Path().IsMatch(path);

    /// <returns>The value at that path; an empty object where there is none.</returns>
    public static ReadOnlyMemory<byte> Read(string path, ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        return Find(path, document.RootElement) is { } value ? JsonMarshal.GetRawUtf8Value(value).ToArray() : "{}"u8.ToArray();
    }

    /// <returns>The value at that path; null where there is none.</returns>
    public static JsonElement? Find(string path, JsonElement json)
    {
        var place = json;
        foreach (var name in path.Split('.').Skip(1))
        {
            if (place.ValueKind != JsonValueKind.Object || !place.TryGetProperty(name, out place))
            {
                return null;
            }
        }

        return place;
    }

    [GeneratedRegex(@"\A\$(\.[A-Za-z0-9_-]+)*\z")]
    private static partial Regex Path();
}
