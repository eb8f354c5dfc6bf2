using DataToEvents.Emulator.Storage;
using DataToEvents.Emulator.Tables;
using DataToEvents.Emulator.Tests.Flow;
using Microsoft.Extensions.Time.Testing;

namespace DataToEvents.Emulator.Tests.Tables;

public sealed class TableCatalogTests : IDisposable
{
    private static readonly SecondaryIndex ByValue = new("by-value", 1, new KeySchema(new KeyAttribute("value"), null)) { Projection = SecondaryIndex.Include, NonKeyAttributes = ["a"] };

    private static readonly ItemTableOptions Mine = new()
    {
        Name = "mine",
        PartitionKey = "id",
        PartitionKeyKind = KeyKind.N,
        SortKey = null,
        StreamViewType = "KEYS_ONLY",
        CreatedAt = new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero),
        Indexes = [ByValue],
        OfClient = new TableSettings("id") { IsPaidByRequest = true, Warm = new CapacityUnits(3, 4), NextIndex = 2 },
    };

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_table_of_a_client_is_there_again_after_a_restart_with_its_items_and_indexes()
    {
        await RunAsync(async catalog =>
        {
            var table = await catalog.CreateAsync(Mine);
            await table.PutAsync("""{"id":{"N":"7"},"value":{"S":"v"}}"""u8.ToArray());
        });

        await RunAsync(async catalog =>
        {
            await catalog.RestoreAsync();
            var table = catalog.Find("mine")!;
            table.Options.Should().BeEquivalentTo(Mine);
            (await table.GetAsync(KeyText.Of(KeyKind.N, "7"), "")).Should().NotBeNull();
            (await table.CountAsync(ByValue)).Should().Be(1);
        });
    }

    [Fact]
    public async Task What_is_deleted_stays_away_and_a_new_table_of_that_name_is_empty()
    {
        await RunAsync(async catalog =>
        {
            var table = await catalog.CreateAsync(Mine);
            await table.PutAsync("""{"id":{"N":"7"},"value":{"S":"v"}}"""u8.ToArray());
            await catalog.DeleteAsync(table);

            var late = () => table.PutAsync("""{"id":{"N":"8"}}"""u8.ToArray());
            (await late.Should().ThrowAsync<ServiceException>()).Which.Code.Should().Be("ResourceNotFoundException");
        });

        await RunAsync(async catalog =>
        {
            await catalog.RestoreAsync();
            catalog.All.Should().BeEmpty();
            var again = await catalog.CreateAsync(Mine);
            (again.Stats.Items, await again.CountAsync(ByValue)).Should().Be((0, 0));
        });
    }

    [Fact]
    public async Task A_change_that_fails_leaves_the_table_as_it_was() => await RunAsync(async catalog =>
    {
        var table = await catalog.CreateAsync(Mine);

        var change = () => catalog.ChangeAsync(table, static _ => throw new ServiceException("ValidationException", "no"));

        await change.Should().ThrowAsync<ServiceException>();
        table.Options.Should().BeSameAs(Mine);
        (await catalog.ChangeAsync(table, static options => options with { Indexes = [] })).Options.Indexes.Should().BeEmpty();
    });

    private async Task RunAsync(Func<TableCatalog, Task> work)
    {
        await using var database = Database.OpenFile(Path.Combine(_folder.Path, "test.db"));
        using var catalog = new TableCatalog(database, _time);
        await work(catalog);
    }
}
