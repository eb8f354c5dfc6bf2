using DataToEvents.Emulator.Storage;
using DataToEvents.Emulator.Tests.Flow;
using Microsoft.Data.Sqlite;

namespace DataToEvents.Emulator.Tests.Storage;

public sealed class DatabaseConnectionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Live => Path.Combine(_folder.Path, "live.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_kind_of_value_is_read_as_it_was_written_also_after_a_crash()
    {
        await using var database = Database.OpenFile(Live);
        database.Define("CREATE TABLE kinds (number INTEGER, text TEXT, bytes BLOB)");
        byte[] large = [.. Enumerable.Range(0, 3_000_000).Select(i => (byte)i)];

        await database.InTransactionAsync(connection =>
        {
            connection.Execute("INSERT INTO kinds VALUES (?1, ?2, ?3)", long.MinValue, "José \U0001F389", new byte[] { 0, 255 });
            connection.Execute("INSERT INTO kinds VALUES (?1, ?2, ?3)", (long?)null, (string?)null, (byte[]?)null);
            connection.Execute("INSERT INTO kinds VALUES (?1, ?2, ?3)", (long?)7, "", Array.Empty<byte>());
            connection.Execute("INSERT INTO kinds VALUES (?1, ?2, ?3)", 1, new string('é', 1_000_000), (ReadOnlyMemory<byte>)large);
        });

        await CheckAsync(database);
        await using var again = Database.OpenFile(Things.Copy(Live, "crashed"));
        await CheckAsync(again);

        async Task CheckAsync(Database from)
        {
            var rows = await from.InTransactionAsync(connection => connection.Query(
                "SELECT number, text, bytes FROM kinds ORDER BY rowid", row => (row.IsNull(0) ? (long?)null : row.GetInt64(0), row.GetStringOrNull(1), row.GetBytesOrNull(2))));
            rows.Select(row => row.Item1).Should().Equal(long.MinValue, null, 7, 1);
            rows.Select(row => row.Item2).Should().Equal("José \U0001F389", null, "", new string('é', 1_000_000));
            rows[0].Item3.Should().Equal(0, 255);
            rows[1].Item3.Should().BeNull();
            rows[2].Item3.Should().NotBeNull().And.BeEmpty();
            rows[3].Item3!.AsSpan().SequenceEqual(large).Should().BeTrue();
        }
    }

    [Fact]
    public async Task A_scalar_is_the_first_column_of_the_first_row_with_its_own_type()
    {
        await using var database = Database.OpenInMemory();

        var scalars = await database.InTransactionAsync(connection => new[]
        {
            connection.Scalar("SELECT 1, 2 UNION ALL SELECT 3, 4"), connection.Scalar("SELECT 'text'"), connection.Scalar("SELECT x'00ff'"), connection.Scalar("SELECT NULL"), connection.Scalar("SELECT 1 WHERE 0"),
        });

        scalars.Should().BeEquivalentTo(new object?[] { 1L, "text", new byte[] { 0, 255 }, null, null }, options => options.WithStrictOrdering());
    }

    [Fact]
    public async Task A_statement_returns_how_many_rows_it_changed_and_can_run_again_after_it_failed()
    {
        await using var database = Things.Open(Live);
        await database.InsertAsync(1, "one");
        await database.InsertAsync(2, "two");

        var twice = () => database.InsertAsync(1, "again");

        await twice.Should().ThrowAsync<SqliteException>().WithMessage("*UNIQUE constraint failed*");
        await database.InsertAsync(3, "three");
        (await database.InTransactionAsync(connection => connection.Execute("UPDATE things SET text = 'x' WHERE id > ?1", 1))).Should().Be(2);
        (await database.InTransactionAsync(connection => connection.Execute("DELETE FROM things WHERE id > ?1", 3))).Should().Be(0);
    }

    [Fact]
    public async Task A_column_that_an_earlier_version_lacked_is_added_once()
    {
        await using (var database = Things.Open(Live))
        {
            await database.InsertAsync(1, "one");
            database.DefineColumn("things", "more", "INTEGER NOT NULL DEFAULT 5");
            database.DefineColumn("things", "more", "INTEGER NOT NULL DEFAULT 5");
        }

        await using var again = Things.Open(Live);
        again.DefineColumn("things", "more", "INTEGER NOT NULL DEFAULT 5");
        (await again.InTransactionAsync(connection => connection.Scalar("SELECT more FROM things"))).Should().Be(5L);
    }

    [Fact]
    public async Task Only_a_database_in_memory_with_a_context_can_be_restarted()
    {
        await using var database = Database.OpenInMemory();

        database.Invoking(one => one.Restart()).Should().Throw<InvalidOperationException>();
    }

    [Fact]
    public async Task Work_that_waits_when_the_database_is_closed_is_finished()
    {
        Task[] inserts;
        await using (var database = Things.Open(Live))
        {
            inserts = [.. Enumerable.Range(1, 1_200).Select(id => database.InsertAsync(id, "x"))];
        }

        inserts.Should().OnlyContain(insert => insert.IsCompletedSuccessfully);
        await using var again = Things.Open(Live);
        (await again.IdsAsync()).Should().Equal(Enumerable.Range(1, 1_200).Select(id => (long)id));
    }
}
