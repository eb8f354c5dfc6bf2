namespace DataToEvents.Recovery.Failed;

/// <summary>A line of a processing-failed object: a record that the Transformer did not transform.</summary>
internal sealed record FailedRecord(DateTimeOffset Arrival, long Attempts, string? ErrorCode, string? ErrorMessage, byte[] Data)
{
    /// <summary>The line, as Firehose wrote it.</summary>
    public ReadOnlyMemory<byte> Line { get; private init; }

    /// <summary>An object of these records.</summary>
    public static byte[] Write(IEnumerable<FailedRecord> records) => [.. records.SelectMany(static record => record.Line.ToArray().Append((byte)'\n'))];

    /// <exception cref="FormatException">The object is none of Firehose's; the message names the line.</exception>
    public static List<FailedRecord> ReadAll(byte[] content, string key) => [.. LineReader.Lines(content).Select((line, index) => Read(line, key, index + 1))];

    public string Preview() => Reporting.Cells.Preview(Encoding.UTF8.GetString(Data.AsSpan(0, Math.Min(Data.Length, 400))), 120);

    private static FailedRecord Read(ReadOnlyMemory<byte> line, string key, int number)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            var root = json.RootElement;
            return new FailedRecord(
                DateTimeOffset.FromUnixTimeMilliseconds(Number(root.GetProperty("arrivalTimestamp"))),
                root.TryGetProperty("attemptsMade", out var attempts) ? Number(attempts) : 0,
                Text(root, "errorCode"), Text(root, "errorMessage"),
                root.GetProperty("rawData").GetBytesFromBase64())
            {
                Line = line,
            };
        }
        catch (Exception broken) when (broken is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new FormatException($"line {number} of {key} is no record of Firehose's: {broken.Message}", broken);
        }
    }

    /// <summary>Reads a number. The documentation of Firehose shows strings; its objects hold numbers.</summary>
    private static long Number(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? long.Parse(value.GetString()!, CultureInfo.InvariantCulture) : value.GetInt64();

    private static string? Text(JsonElement root, string name) => root.TryGetProperty(name, out var value) ? value.ToString() : null;
}
