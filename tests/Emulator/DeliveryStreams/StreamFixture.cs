using System.IO.Compression;
using DataToEvents.Emulator.DeliveryStreams;
using DataToEvents.Emulator.Objects;
using DataToEvents.Emulator.Storage;
using DataToEvents.Emulator.Tests.Flow;
using Microsoft.Extensions.Time.Testing;

namespace DataToEvents.Emulator.Tests.DeliveryStreams;

/// <summary>A delivery stream in memory with a function that returns Ok for each record, in capitals.</summary>
internal sealed class StreamFixture : IAsyncDisposable
{
    private readonly Database _database;
    private CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    private StreamFixture(Database database, ObjectBucket bucket) => (_database, Bucket) = (database, bucket);

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 24, 0, 11, 39, TimeSpan.Zero));

    public ScriptedFunction Function { get; } = new("Transformer", Transform.AllOk);

    public ObjectBucket Bucket { get; }

    public DeliveryStreamOptions Options { get; private set; } = new() { Name = "data-events-stream" };

    public DeliveryStream Stream { get; private set; } = null!;

    public static async Task<StreamFixture> OpenAsync(
        DeliveryStreamOptions? options = null, Func<byte[], InvocationResult>? answer = null, ObjectBucket? bucket = null, bool run = true)
    {
        var fixture = new StreamFixture(Database.OpenInMemory(), bucket ?? new MemoryBucket());
        fixture.Options = options ?? fixture.Options;
        if (answer is not null)
        {
            fixture.Function.Answer = payload => Task.FromResult(answer(payload));
        }

        await fixture.StartAsync(run);
        return fixture;
    }

    public static ReadOnlyMemory<byte> Utf8(string text) => Encoding.UTF8.GetBytes(text);

    public Task<PutRecordBatchResult> PutAsync(params string[] records) => Stream.PutRecordBatchAsync([.. records.Select(Utf8)]);

    /// <summary>Ends the stream without draining it, as a crash does, and opens it again.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync(run: true);
    }

    /// <summary>Makes the database fail from now on.</summary>
    public ValueTask LoseDatabaseAsync() => _database.DisposeAsync();

    public async Task<List<string>> KeysAsync(string prefix) => [.. await Bucket.ListAsync(prefix)];

    /// <summary>All lines of the lake in the order of its objects.</summary>
    public async Task<List<string>> LakeAsync()
    {
        var lines = new List<string>();
        foreach (var key in await Bucket.ListAsync("lake/events/"))
        {
            using var gzip = new GZipStream(new MemoryStream((await Bucket.GetAsync(key))!), CompressionMode.Decompress);
            using var reader = new StreamReader(gzip);
            var text = await reader.ReadToEndAsync();
            lines.AddRange(text.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        }

        return lines;
    }

    public async Task<List<JsonNode>> ErrorsAsync()
    {
        var lines = new List<JsonNode>();
        foreach (var key in await Bucket.ListAsync("lake/errors/"))
        {
            var text = Encoding.UTF8.GetString((await Bucket.GetAsync(key))!);
            lines.AddRange(text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => JsonNode.Parse(line)!));
        }

        return lines;
    }

    public static string Raw(JsonNode error) => Encoding.UTF8.GetString(Convert.FromBase64String((string)error["rawData"]!));

    public async Task StopAsync()
    {
        _stop.Cancel();
        await _running;
        Stream.Dispose();
        _stop.Dispose();
        _stop = new CancellationTokenSource();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
        await _database.DisposeAsync();
    }

    private async Task StartAsync(bool run)
    {
        Stream = await DeliveryStream.OpenAsync(_database, Bucket, Function, Options, Time);
        _running = run ? Stream.RunAsync(_stop.Token) : Task.CompletedTask;
    }
}
