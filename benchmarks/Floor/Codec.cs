using System.Buffers.Text;

namespace DataToEvents.Benchmarks.Floor;

/// <summary>The least that any transformation does with a record: decode base64, read the JSON once, encode base64. All in UTF-8, in reused buffers.</summary>
internal static class Codec
{
    private const int Rounds = 20;

    public static double CpuMillisecondsPerThousand(int records, int size)
    {
        var encoded = Enumerable.Range(0, records).Select(i => Convert.ToBase64String(Record(i, size)).Select(c => (byte)c).ToArray()).ToArray();
        var decoded = new byte[size * 2];
        var again = new byte[size * 3];
        Pass(encoded, decoded, again);
        var best = double.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            var before = Environment.CpuUsage.TotalTime;
            Pass(encoded, decoded, again);
            best = Math.Min(best, (Environment.CpuUsage.TotalTime - before).TotalMilliseconds);
        }

        return best * 1_000 / records;
    }

    private static void Pass(byte[][] encoded, byte[] decoded, byte[] again)
    {
        foreach (var record in encoded)
        {
            Base64.DecodeFromUtf8(record, decoded, out _, out var length);
            var reader = new Utf8JsonReader(decoded.AsSpan(0, length));
            while (reader.Read())
            {
            }

            Base64.EncodeToUtf8(decoded.AsSpan(0, length), again, out _, out _);
        }
    }

    private static byte[] Record(int number, int size)
    {
        using var buffer = new MemoryStream();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("orderId", $"order-{number}");
        for (var member = 0; json.BytesCommitted + json.BytesPending < size - 30; member++)
        {
            json.WriteString($"member{member}", $"value {number * 31 + member}");
        }

        json.WriteEndObject();
        json.Flush();
        return buffer.ToArray();
    }
}
