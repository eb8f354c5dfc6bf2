namespace DataToEvents.Emulator.Buses;

/// <summary>A target's InputPath: a JSON path of member names, such as <c>$.detail.order</c>.</summary>
internal static partial class InputPaths
{
    public static bool IsSupported(string path) => Path().IsMatch(path);

    /// <returns>The value at that path; an empty object where there is none.</returns>
    public static ReadOnlyMemory<byte> Read(string path, ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        var place = document.RootElement;
        foreach (var name in path.Split('.').Skip(1))
        {
            if (place.ValueKind != JsonValueKind.Object || !place.TryGetProperty(name, out place))
            {
                return "{}"u8.ToArray();
            }
        }

        return JsonMarshal.GetRawUtf8Value(place).ToArray();
    }

    [GeneratedRegex(@"\A\$(\.[A-Za-z0-9_-]+)*\z")]
    private static partial Regex Path();
}
