using DataToEvents.Emulator.Storage;

namespace DataToEvents.Emulator.Tests.Storage;

public class MemoryRestartTests
{
    [Fact]
    public void What_was_committed_is_there_after_a_restart_and_what_was_not_is_gone() => OneThread.Run(async () =>
    {
        var killed = Database.OpenInMemory(SynchronizationContext.Current!);
        killed.Define("CREATE TABLE seen (name TEXT)");
        await killed.InTransactionAsync(session => { Add(session, "committed"); });
        var lost = killed.InTransactionAsync(session => { Add(session, "under way"); });

        await using var next = killed.Restart();
        var late = killed.InTransactionAsync(session => { Add(session, "after its death"); });
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

        var first = database.InTransactionAsync(session => { Add(session, "first"); });
        var broken = database.InTransactionAsync(session => { Add(session, "broken"); throw new InvalidOperationException("no"); });
        var second = database.InTransactionAsync(session => { Add(session, "second"); });

        first.IsCompleted.Should().BeFalse();
        await first;
        second.IsCompleted.Should().BeTrue();
        await broken.Invoking(task => task).Should().ThrowAsync<InvalidOperationException>();
        (await Names(database)).Should().Equal("first", "second");
    });

    private static void Add(Session session, string name) => session.Execute("INSERT INTO seen VALUES (?1)", name);

    private static Task<List<string>> Names(Database database) =>
        database.InTransactionAsync(session => session.Query("SELECT name FROM seen ORDER BY rowid", static row => row.GetString(0)));
}
