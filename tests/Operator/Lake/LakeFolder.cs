using System.IO.Compression;

namespace DataToEvents.Operator.Tests.Lake;

/// <summary>A data directory whose lake a test fills.</summary>
internal sealed class LakeFolder : IDisposable
{
    public const string Hour = "year=2026/month=11/day=30/hour=05";

    public DirectoryInfo Data { get; } = Directory.CreateTempSubdirectory("lake-");

    public string Path => System.IO.Path.Combine(Data.FullName, "lake");

    public static string Envelope(string id, string rest = "", string type = "shop.order") =>
        $$"""{"specversion":"1.0","id":"{{id}}","source":"/shop","type":"{{type}}","subject":"customer-1","time":"2026-11-30T06:00:00.5+01:00","dteacceptedtime":"2026-11-30T05:00:01.250Z"{{rest}}}""";

    public void AddEvents(params string[] lines) => AddEvents(Hour, lines);

    public void AddEvents(string hour, string[] lines) => Write($"events/{hour}/data-events-stream-1-{Guid.NewGuid()}.json.gz", lines);

    public void AddFailed(string folder, params string[] lines) => Write($"errors/processing-failed/{folder}/data-events-stream-1-{Guid.NewGuid()}.json.gz", lines);

    /// <summary>An object that cannot be read: a query that names other hours must not care.</summary>
    public void AddBroken(string hour)
    {
        AddEvents(hour, []);
        File.WriteAllText(Directory.EnumerateFiles(System.IO.Path.Combine(Path, "events", hour)).Single(), "this is not gzip");
    }

    public void Dispose() => Data.Delete(recursive: true);

    private void Write(string key, string[] lines)
    {
        var file = System.IO.Path.Combine(Path, key);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
        using var gzip = new GZipStream(File.Create(file), CompressionLevel.Fastest);
        gzip.Write(Encoding.UTF8.GetBytes(string.Concat(lines.Select(static line => line + "\n"))));
    }
}
