using DataToEvents.Emulator.Storage;

namespace DataToEvents.Emulator.Tests.Storage;

public class MemoryRestartTests
{
    [Fact]
    public void Committed_work_is_there_after_a_restart_and_other_work_is_lost() => OneThread.Run(async () =>
    {
        var killed = Database.OpenInMemory(SynchronizationContext.Current!);
        killed.Define("CREATE TABLE seen (name TEXT)");
        await killed.InTransactionAsync(connection => { Add(connection, "committed"); });
        var lost = killed.InTransactionAsync(connection => { Add(connection, "under way"); });

        await using var next = killed.Restart();
        var late = killed.InTransactionAsync(connection => { Add(connection, "after its death"); });
        await OneThread.IdleAsync();

        (await Names(next)).Should().Equal("committed");
        lost.IsCompleted.Should().BeFalse("nobody is left to hear of it");
        late.IsCompleted.Should().BeFalse("nobody is left to hear of it");
    });

    [Fact]
    public void Work_of_one_turn_is_committed_in_one_group_in_the_order_of_the_calls() => OneThread.Run(async () =>
    {
        await using var database = Database.OpenInMemory(SynchronizationContext.Current!);
        database.Define("CREATE TABLE seen (name TEXT)");

        var first = database.InTransactionAsync(connection => { Add(connection, "first"); });
        var broken = database.InTransactionAsync(connection => { Add(connection, "broken"); throw new InvalidOperationException("no"); });
        var second = database.InTransactionAsync(connection => { Add(connection, "second"); });

        first.IsCompleted.Should().BeFalse();
        await first;
        second.IsCompleted.Should().BeTrue();
        await broken.Invoking(task => task).Should().ThrowAsync<InvalidOperationException>();
        (await Names(database)).Should().Equal("first", "second");
    });

    private static void Add(DatabaseConnection connection, string name) => connection.Execute("INSERT INTO seen VALUES (?1)", name);

    private static Task<List<string>> Names(Database database) =>
        database.InTransactionAsync(connection => connection.Query("SELECT name FROM seen ORDER BY rowid", static row => row.GetString(0)));
}
