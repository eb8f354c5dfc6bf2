namespace DataToEvents.EndToEnd.Tests;

/// <summary>Inputs with which users of other systems had trouble (tests/EndToEnd/cases), and the lines that the lake has of them.</summary>
internal static class Cases
{
    public static string PathOf(string name) => Path.Combine(BuiltTools.Root, "tests", "EndToEnd", "cases", name);

    public static byte[] Bytes(string name) => File.ReadAllBytes(PathOf(name));

    public static IReadOnlyList<JsonElement> Lake(DataFolder folder) => [.. RunningHost.LakeLines(folder.Data).Select(line => JsonDocument.Parse(line).RootElement)];

    public static string Of(this JsonElement item, string member) => item.GetProperty(member).ToString();

    /// <summary>The payload's bytes, from each of its forms.</summary>
    public static byte[] Payload(this JsonElement item) => item.TryGetProperty("data_base64", out var base64) ? base64.GetBytesFromBase64()
        : item.Of("datacontenttype") == "text/plain" ? Encoding.UTF8.GetBytes(item.Of("data"))
        : Encoding.UTF8.GetBytes(item.GetProperty("data").GetRawText());

    /// <summary>Runs the host over a file.</summary>
    public static Task<JsonElement> RunAsync(DataFolder folder, string mode, string input, params string[] more) =>
        RunningHost.SummaryAsync(["--input", input, "--data", folder.Data, "--functions", mode, .. more]);

    /// <summary>The counts of unclassified, not JSON, time not usable, invalid CloudEvents.</summary>
    public static (long Unclassified, long NotJson, long TimeUnusable, long Invalid) Doubts(this JsonElement summary) => (
        summary.GetProperty("unclassified").GetInt64(), summary.GetProperty("not_json").GetInt64(),
        summary.GetProperty("time_unusable").GetInt64(), summary.GetProperty("invalid_cloudevents").GetInt64());
}
