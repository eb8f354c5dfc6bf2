using DataToEvents.Adapters.Embedded.Storage;

namespace DataToEvents.Adapters.Tests.Embedded.Storage;

public sealed class JournalTests
{
    [Fact]
    public async Task A_row_is_noted_by_its_taker_before_it_counts_as_waiting_no_more_so_that_a_drain_always_sees_it()
    {
        await using var database = Database.OpenInMemory();
        var journal = await database.WriteAsync(session => Journal.Open(session, database, "owner", residentBytes: 1_000));
        await journal.AppendAsync(atMs: 1, records: 7, body: [1, 2, 3]);
        var waitingWhenNoted = -1L;

        var row = await journal.TakeAsync(_ => waitingWhenNoted = journal.WaitingRecords);

        (row!.Records, waitingWhenNoted, journal.WaitingRecords).Should().Be((7, 7, 0));
    }
}
