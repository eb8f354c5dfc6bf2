using Amazon.Athena;
using Amazon.Athena.Model;
using DataToEvents.Common;
using DataToEvents.Operator.Lake;
using Microsoft.Extensions.Time.Testing;
using NSubstitute;

namespace DataToEvents.Operator.Tests.Lake;

public sealed class AthenaLakeTests
{
    private readonly IAmazonAthena _athena = Substitute.For<IAmazonAthena>();
    private readonly FakeTimeProvider _time = new() { AutoAdvanceAmount = TimeSpan.Zero };
    private readonly Queue<QueryExecution> _looks = new();
    private readonly Queue<GetQueryResultsResponse> _pages = new();
    private StartQueryExecutionRequest? _started;

    public AthenaLakeTests()
    {
        _athena.StartQueryExecutionAsync(Arg.Do<StartQueryExecutionRequest>(request => _started = request), Arg.Any<CancellationToken>()).Returns(new StartQueryExecutionResponse { QueryExecutionId = "q-1" });
        _athena.GetQueryExecutionAsync(Arg.Is<GetQueryExecutionRequest>(request => request.QueryExecutionId == "q-1"), Arg.Any<CancellationToken>())
            .Returns(_ => new GetQueryExecutionResponse { QueryExecution = _looks.Count > 1 ? _looks.Dequeue() : _looks.Peek() });
        _athena.GetQueryResultsAsync(Arg.Any<GetQueryResultsRequest>(), Arg.Any<CancellationToken>()).Returns(_ => _pages.Dequeue());
    }

    [Fact]
    public async Task It_waits_for_the_end_with_pauses_and_reads_all_pages()
    {
        Look(QueryExecutionState.QUEUED);
        Look(QueryExecutionState.RUNNING);
        Look(QueryExecutionState.SUCCEEDED, bytes: 5_000_000);
        Page("next", ["type", "n"], ["order", "3"]);
        Page(null, ["reading", null]);

        var asking = AskAsync("SELECT type, count(*) AS n FROM events GROUP BY type");
        asking.IsCompleted.Should().BeFalse();
        _time.Advance(TimeSpan.FromSeconds(0.25));
        asking.IsCompleted.Should().BeFalse("it waits longer the second time");
        _time.Advance(TimeSpan.FromSeconds(0.5));
        var answer = await asking;

        (_started!.WorkGroup, _started.QueryExecutionContext.Database, _started.QueryString).Should().Be(("data-events", "data_events", "SELECT type, count(*) AS n FROM events GROUP BY type"));
        answer.Columns.Should().Equal("type", "n");
        answer.Rows.Select(row => $"{row[0]}|{row[1]?.GetValue<long>()}").Should().Equal("order|3", "reading|");
        answer.Should().Match<LakeAnswer>(it => it.ScannedBytes == 5_000_000 && !it.HasMore);
    }

    [Fact]
    public async Task Pages_beyond_the_limit_are_not_read()
    {
        Look(QueryExecutionState.SUCCEEDED);
        Page("next", ["type", "n"], ["a", "1"], ["b", "2"]);

        (await AskAsync("SELECT 1", limit: 1)).Should().Match<LakeAnswer>(answer => answer.Rows.Count == 1 && answer.HasMore);
    }

    [Fact]
    public async Task A_query_that_fails_says_why()
    {
        Look(QueryExecutionState.FAILED, "COLUMN_NOT_FOUND: line 1:8: Column 'nix' cannot be resolved");

        (await this.Awaiting(it => it.AskAsync("SELECT nix FROM events")).Should().ThrowAsync<UserErrorException>()).Which.Message.Should().Contain("FAILED").And.Contain("line 1:8: Column 'nix'");
    }

    [Fact]
    public async Task A_query_that_Athena_refuses_at_once_is_bad_input()
    {
        _athena.StartQueryExecutionAsync(Arg.Any<StartQueryExecutionRequest>(), Arg.Any<CancellationToken>()).Returns<StartQueryExecutionResponse>(_ => throw new InvalidRequestException("WorkGroup data-events is not found."));

        (await this.Awaiting(it => it.AskAsync("SELECT 1")).Should().ThrowAsync<UserErrorException>()).Which.Message.Should().Contain("WorkGroup data-events is not found.").And.Contain("--workgroup");
    }

    [Theory]
    [InlineData("DROP TABLE envelopes")]
    [InlineData("CREATE TABLE t AS SELECT 1")]
    [InlineData("UNLOAD (SELECT 1) TO 's3://b/' WITH (format = 'JSON')")]
    [InlineData("INSERT INTO t VALUES (1)")]
    [InlineData("EXPLAIN ANALYZE SELECT 1")]
    public async Task What_is_no_query_is_not_sent(string sql)
    {
        await this.Awaiting(it => it.AskAsync(sql)).Should().ThrowAsync<UserErrorException>().WithMessage("*SELECT, WITH or VALUES*");

        _started.Should().BeNull();
    }

    [Fact]
    public async Task A_query_that_nobody_waits_for_is_stopped()
    {
        Look(QueryExecutionState.RUNNING);
        using var stopping = new CancellationTokenSource();
        var asking = AskAsync("SELECT 1", stopping: stopping.Token);

        await stopping.CancelAsync();

        await asking.Awaiting(it => it).Should().ThrowAsync<OperationCanceledException>();
        await _athena.Received(1).StopQueryExecutionAsync(Arg.Is<StopQueryExecutionRequest>(request => request.QueryExecutionId == "q-1"), CancellationToken.None);
    }

    private void Look(QueryExecutionState state, string? why = null, long bytes = 0) => _looks.Enqueue(new QueryExecution
    {
        Status = new QueryExecutionStatus { State = state, StateChangeReason = why },
        Statistics = new QueryExecutionStatistics { DataScannedInBytes = bytes },
    });

    private void Page(string? next, params string?[][] rows) => _pages.Enqueue(new GetQueryResultsResponse
    {
        NextToken = next,
        ResultSet = new ResultSet
        {
            ResultSetMetadata = new ResultSetMetadata { ColumnInfo = [new ColumnInfo { Name = "type", Type = "varchar" }, new ColumnInfo { Name = "n", Type = "bigint" }] },
            Rows = [.. rows.Select(row => new Row { Data = [.. row.Select(value => new Datum { VarCharValue = value })] })],
        },
    });

    private Task<LakeAnswer> AskAsync(string sql, int limit = 1_000, CancellationToken stopping = default) => new AthenaLake(_athena, "data-events", "data_events", _time).AskAsync(sql, limit, stopping);
}
