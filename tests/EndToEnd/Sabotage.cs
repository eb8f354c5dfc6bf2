using System.IO.Compression;
using DataToEvents.Common;

namespace DataToEvents.EndToEnd.Tests;

/// <summary>The damage that was done. Each kind was done to another event of one stream.</summary>
internal sealed record Spoilt(
    string Stream, string LakeObject, string LakeLine, string Item, string Delivered, (string Earlier, string Later) SwappedLines, (string Earlier, string Later) SwappedItems,
    string ChangedLine, string ChangedItem);

/// <summary>Spoils a data directory over which no host runs.</summary>
internal static class Sabotage
{
    public static async Task<Spoilt> DoAsync(string data)
    {
        var file = Directory.EnumerateFiles(Path.Combine(data, "lake", "events"), "*.gz", SearchOption.AllDirectories)
            .MaxBy(path => Read(path).Count)!;
        var lines = Read(file);
        var stream = lines.Select(Subject).GroupBy(subject => subject).MaxBy(group => group.Count())!.Key;
        var own = lines.Where(line => Subject(line) == stream).ToArray();
        own.Length.Should().BeGreaterThan(10, "each kind of damage needs an event of its own");
        var ids = Array.ConvertAll(own, line => Member(line, "id"));
        var keys = Array.ConvertAll(own, line => $"{Member(line, "id")}\\t{Member(line, "source")}");

        Spoil(file, lines, own);
        await using (var access = await DataAccess.OpenAsync(new DirectoryInfo(data), fault => throw fault))
        {
            await SpoilTablesAsync(access.Endpoint, stream, keys);
        }

        return new Spoilt(stream, Path.GetRelativePath(data, file), ids[0], ids[1], ids[2], (ids[3], ids[4]), (ids[5], ids[6]), ids[7], ids[8]);
    }

    private static void Spoil(string file, List<string> lines, string[] own)
    {
        var (earlier, later) = (lines.IndexOf(own[3]), lines.IndexOf(own[4]));
        (lines[earlier], lines[later]) = (own[4], own[3]);
        lines[lines.IndexOf(own[7])] = Changed(own[7]);
        lines.Remove(own[0]);
        using var writer = new StreamWriter(new GZipStream(File.Create(file), CompressionLevel.Fastest), new UTF8Encoding(false));
        lines.ForEach(line => writer.Write(line + "\n"));
    }

    private static async Task SpoilTablesAsync(Uri endpoint, string stream, string[] keys)
    {
        using var client = new HttpClient { BaseAddress = endpoint };
        await AskAsync(client, "DeleteItem", Key("data-events", stream, keys[1]));
        await AskAsync(client, "DeleteItem", Key("data-events-view", $"stream#{stream}", $"event#{keys[2]}"));

        var (earlier, later, changed) = (await GetAsync(client, stream, keys[5]), await GetAsync(client, stream, keys[6]), await GetAsync(client, stream, keys[8]));
        await PutAsync(client, earlier.Replace(Sequence(earlier), Sequence(later), StringComparison.Ordinal));
        await PutAsync(client, later.Replace(Sequence(later), Sequence(earlier), StringComparison.Ordinal));
        await PutAsync(client, Changed(changed));
    }

    private static async Task<string> GetAsync(HttpClient client, string stream, string key) =>
        (await AskAsync(client, "GetItem", Key("data-events", stream, key))).GetProperty("Item").GetRawText();

    private static async Task PutAsync(HttpClient client, string item) => await AskAsync(client, "PutItem", $$"""{"TableName":"data-events","Item":{{item}}}""");

    private static async Task<JsonElement> AskAsync(HttpClient client, string operation, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "") { Content = new StringContent(body, Encoding.UTF8, "application/x-amz-json-1.0") };
        request.Headers.Add("X-Amz-Target", $"DynamoDB_20120810.{operation}");
        using var response = await client.SendAsync(request);
        var answer = await response.Content.ReadAsStringAsync();
        response.IsSuccessStatusCode.Should().BeTrue("{0} was answered with {1}", operation, answer);
        return JsonDocument.Parse(answer).RootElement;
    }

    private static string Key(string table, string partition, string sort) => $$$$"""{"TableName":"{{{{table}}}}","Key":{"pk":{"S":"{{{{partition}}}}"},"sk":{"S":"{{{{sort}}}}"}}}""";

    private static string Sequence(string item) => JsonDocument.Parse(item).RootElement.GetProperty("seq").GetProperty("S").GetString()!;

    /// <summary>One byte of the payload.</summary>
    private static string Changed(string text)
    {
        var at = text.LastIndexOf("EUR", StringComparison.Ordinal);
        at.Should().BePositive("an order has a currency: {0}", text);
        return $"{text[..at]}E{(char)(text[at + 1] + 1)}R{text[(at + 3)..]}";
    }

    private static string Subject(string line) => Member(line, "subject");

    private static string Member(string line, string name) => JsonDocument.Parse(line).RootElement.GetProperty(name).GetString()!;

    private static List<string> Read(string file)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress), Encoding.UTF8);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }
}
