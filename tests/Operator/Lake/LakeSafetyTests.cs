using DataToEvents.Common;
using DataToEvents.Operator.Lake;

namespace DataToEvents.Operator.Tests.Lake;

/// <summary>A query reads the lake, and does nothing else.</summary>
public sealed class LakeSafetyTests : IDisposable
{
    private readonly LakeFolder _folder = new();

    public LakeSafetyTests()
    {
        _folder.AddEvents(LakeFolder.Envelope("e-1"));
        File.WriteAllText(Path.Combine(_folder.Data.FullName, "secret.txt"), "secret");
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("COPY (SELECT 1) TO 'LAKE/x.csv'")]
    [InlineData("SELECT 1; COPY (SELECT 1) TO 'LAKE/x.csv'")]
    [InlineData("WITH a AS (SELECT 1 AS b) INSERT INTO envelopes SELECT * FROM a")]
    [InlineData("-- SELECT\nDROP VIEW events")]
    [InlineData("/* SELECT */ CREATE TABLE t AS SELECT 1")]
    [InlineData("(SELECT 1) UNION (SELECT 2); DELETE FROM events")]
    [InlineData("EXPORT DATABASE 'LAKE/dump'")]
    [InlineData("ATTACH 'LAKE/x.db'")]
    [InlineData("INSTALL httpfs")]
    [InlineData("SET enable_external_access = true")]
    [InlineData("SELECT * FROM query('COPY (SELECT 1) TO ''LAKE/x.csv''')")]
    [InlineData("")]
    [InlineData("-- nothing")]
    public async Task What_is_no_single_query_is_refused_and_writes_nothing(string sql)
    {
        var before = Files();

        await Asking(sql).Should().ThrowAsync<UserErrorException>();

        Files().Should().Equal(before);
    }

    [Theory]
    [InlineData("SELECT * FROM read_text('DATA/secret.txt')")]
    [InlineData("SELECT * FROM read_text('LAKE/../secret.txt')")]
    [InlineData("SELECT * FROM read_text('file://DATA/secret.txt')")]
    [InlineData("SELECT * FROM 'DATA/secret.txt'")]
    [InlineData("SELECT * FROM read_csv('LAKE/../*')")]
    [InlineData("SELECT * FROM glob('DATA/*')")]
    [InlineData("SELECT * FROM read_text('https://127.0.0.1:1/x')")]
    [InlineData("SELECT getenv('HOME')")]
    public async Task A_query_reads_no_file_outside_of_the_lake(string sql)
    {
        var refused = await Asking(sql).Should().ThrowAsync<UserErrorException>();

        refused.Which.Message.Should().NotContain("\n");
    }

    [Theory]
    [InlineData("select 1")]
    [InlineData("  \n-- a question\nSELECT 1")]
    [InlineData("/* a\nquestion */ (SELECT 1)")]
    [InlineData("WITH a AS (SELECT 1) SELECT * FROM a;")]
    [InlineData("VALUES (1)")]
    public async Task A_query_may_begin_with_comments_and_brackets(string sql) => (await new LocalLake(_folder.Data).AskAsync(sql, 10, default)).Rows.Should().ContainSingle();

    [Fact]
    public void Without_DuckDBs_library_the_message_says_how_to_get_it()
    {
        var asking = () => DuckDbLibrary.Use(Path.Combine(_folder.Data.FullName, "packages"));

        asking.Should().Throw<UserErrorException>().WithMessage("*`dotnet package download DuckDB.NET.Bindings.Full@1.*").Which.Message.Should().NotContain("\n");
    }

    [Fact]
    public async Task A_query_that_nobody_waits_for_ends()
    {
        using var stopping = new CancellationTokenSource();
        await stopping.CancelAsync();

        var asking = () => new LocalLake(_folder.Data).AskAsync("SELECT count(*) FROM range(10000000000) a, range(1000) b", 10, stopping.Token);

        await asking.Should().ThrowAsync<OperationCanceledException>();
    }

    private string[] Files() => [.. Directory.EnumerateFileSystemEntries(_folder.Data.FullName, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    private Func<Task> Asking(string sql) => () => new LocalLake(_folder.Data).AskAsync(
        sql.Replace("LAKE", _folder.Path, StringComparison.Ordinal).Replace("DATA", _folder.Data.FullName, StringComparison.Ordinal), 10, CancellationToken.None);
}
