namespace DataToEvents.Deployed.Tests.Promises;

/// <summary>Payloads by their bytes, each as often as it occurs.</summary>
internal static class Multiset
{
    /// <returns>Tells people which payloads are missing and which are too many; empty when both sets are the same.</returns>
    public static IEnumerable<string> Differences(IEnumerable<byte[]> expected, IEnumerable<byte[]> found)
    {
        var counts = new Dictionary<string, (int Count, byte[] Sample)>();
        foreach (var payload in expected)
        {
            Add(counts, payload, 1);
        }

        foreach (var payload in found)
        {
            Add(counts, payload, -1);
        }

        var missing = counts.Values.Where(entry => entry.Count > 0).ToArray();
        var extra = counts.Values.Where(entry => entry.Count < 0).ToArray();
        return new[] { Tell(missing, "missing"), Tell(extra, "altered or too many") }.OfType<string>();
    }

    private static void Add(Dictionary<string, (int Count, byte[] Sample)> counts, byte[] payload, int change)
    {
        var key = Convert.ToHexString(SHA256.HashData(payload));
        counts[key] = (counts.GetValueOrDefault(key).Count + change, payload);
    }

    private static string? Tell((int Count, byte[] Sample)[] entries, string what) => entries.Length == 0
        ? null
        : $"{entries.Sum(entry => Math.Abs(entry.Count))} payloads {what}, the first of them {Shown(entries[0].Sample)}";

    private static string Shown(byte[] payload) => System.Text.Encoding.UTF8.GetString(payload.AsSpan(0, Math.Min(payload.Length, 80)));
}
