using DataToEvents.Emulator.Storage;
using DataToEvents.Emulator.Tables;
using Microsoft.Extensions.Time.Testing;

namespace DataToEvents.Emulator.Tests.Tables;

/// <summary>A table with a clock that the test moves.</summary>
internal sealed class TableBed : IAsyncDisposable
{
    private readonly int _maxHeldChanges;

    private TableBed(Database database, int maxHeldChanges, int partitions) => (Database, _maxHeldChanges, Partitions) = (database, maxHeldChanges, partitions);

    /// <summary>Of a table that is new when it is opened.</summary>
    public int Partitions { get; set; }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));

    public Database Database { get; private set; }

    public ItemTable Table { get; private set; } = null!;

    public static async Task<TableBed> OpenAsync(int maxHeldChanges = 20_000, string? path = null, int partitions = 1)
    {
        var bed = new TableBed(path is null ? Database.OpenInMemory() : Database.OpenFile(path), maxHeldChanges, partitions);
        await bed.OpenTableAsync();
        return bed;
    }

    /// <summary>Opens the table again, as a new process does.</summary>
    public async Task RestartAsync(string? path = null)
    {
        if (path is not null)
        {
            await Database.DisposeAsync();
            Database = Database.OpenFile(path);
        }

        await OpenTableAsync();
    }

    public static byte[] Item(string pk, string sk, string value = "v") =>
        Encoding.UTF8.GetBytes($$$"""{"pk":{"S":"{{{pk}}}"},"sk":{"S":"{{{sk}}}"},"value":{"S":"{{{value}}}"}}""");

    public Task<IReadOnlyList<PutOutcome>> InsertAsync(params (string Pk, string Sk)[] items) =>
        Table.PutIfAbsentAsync([.. items.Select(item => (ReadOnlyMemory<byte>)Item(item.Pk, item.Sk))]);

    /// <summary>Reads the stream as a new reader does, from a sequence number on.</summary>
    public async Task<List<ChangeRecord>> ChangesAsync(long after = 0)
    {
        var cursor = new StreamCursor { Position = after };
        var changes = new List<ChangeRecord>();
        do
        {
            changes.AddRange(await Table.Stream.ReadAsync(cursor, _ => true, 7));
        }
        while (!Table.Stream.IsAtEnd(cursor));
        return changes;
    }

    public static string Text(ReadOnlyMemory<byte> json) => Encoding.UTF8.GetString(json.Span);

    public ValueTask DisposeAsync() => Database.DisposeAsync();

    private async Task OpenTableAsync() =>
        Table = await ItemTable.OpenAsync(
            Database, new ItemTableOptions { Name = "events", TimeToLiveAttribute = "expiresAt", MaxHeldChanges = _maxHeldChanges, Partitions = Partitions }, Time);
}
