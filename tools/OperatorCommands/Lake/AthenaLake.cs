using Amazon.Athena;
using Amazon.Athena.Model;

namespace DataToEvents.Operator.Lake;

/// <summary>The lake on AWS, asked with Athena.</summary>
/// <param name="athena">The service.</param>
/// <param name="workgroup">Says where answers lie and how much a query may read.</param>
/// <param name="database">Has the lake's tables.</param>
/// <param name="time">The clock for the pauses between two looks.</param>
internal sealed class AthenaLake(IAmazonAthena athena, string workgroup, string database, TimeProvider time) : ILake
{
    /// <summary>Athena: rows of a page at most.</summary>
    private const int MostRowsOfPage = 1_000;

    /// <summary>The error of services that speak the same protocol and do not have this call.</summary>
    private const string UnknownOperation = "UnknownOperationException";

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    public async Task<LakeAnswer> AskAsync(string sql, int limit, CancellationToken stopping)
    {
        ReadingSql.Check(sql);
        var id = await StartAsync(sql, stopping);
        try
        {
            var query = await EndOfAsync(id, stopping);
            if (query.Status.State != QueryExecutionState.SUCCEEDED)
            {
                throw new UserErrorException($"Athena ended the query ({query.Status.State.Value}): {query.Status.StateChangeReason ?? "it says no reason"}");
            }

            return await ReadAsync(id, limit, query.Statistics?.DataScannedInBytes ?? 0, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // A query for which nobody waits any more is stopped, so that it reads no more data, which is billed.
            await athena.StopQueryExecutionAsync(new StopQueryExecutionRequest { QueryExecutionId = id }, CancellationToken.None);
            throw;
        }
    }

    private async Task<string> StartAsync(string sql, CancellationToken stopping)
    {
        try
        {
            var request = new StartQueryExecutionRequest { QueryString = sql, WorkGroup = workgroup, QueryExecutionContext = new QueryExecutionContext { Database = database } };
            return (await athena.StartQueryExecutionAsync(request, stopping)).QueryExecutionId;
        }
        catch (InvalidRequestException refused)
        {
            throw new UserErrorException($"Athena refuses the query: {refused.Message} The workgroup is {workgroup} (--workgroup), which lake.query = true of Terraform makes.");
        }
        catch (AmazonAthenaException unknown) when (unknown.ErrorCode == UnknownOperation)
        {
            throw new UserErrorException("the service at this address is not Athena, as on a local host; allowed there: --data DIR (its data directory).");
        }
    }

    private async Task<QueryExecution> EndOfAsync(string id, CancellationToken stopping)
    {
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            var query = (await athena.GetQueryExecutionAsync(new GetQueryExecutionRequest { QueryExecutionId = id }, stopping)).QueryExecution;
            if (query.Status.State != QueryExecutionState.QUEUED && query.Status.State != QueryExecutionState.RUNNING)
            {
                return query;
            }

            await Task.Delay(pause, time, stopping);
        }
    }

    private async Task<LakeAnswer> ReadAsync(string id, int limit, long scannedBytes, CancellationToken stopping)
    {
        var rows = new List<JsonNode?[]>();
        List<ColumnInfo>? columns = null;
        for (string? next = null; ;)
        {
            var page = await athena.GetQueryResultsAsync(new GetQueryResultsRequest { QueryExecutionId = id, NextToken = next, MaxResults = MostRowsOfPage }, stopping);
            // The first row of the first page repeats the names of the columns.
            var values = (page.ResultSet.Rows ?? []).Skip(columns is null ? 1 : 0);
            columns ??= page.ResultSet.ResultSetMetadata.ColumnInfo;
            rows.AddRange(values.Select(row => columns.Zip(row.Data, static (column, value) => ToJson(column.Type, value.VarCharValue)).ToArray()));
            next = page.NextToken;
            if (next is null || rows.Count > limit)
            {
                return new LakeAnswer(LakeAnswer.Distinct(columns.Select(static column => column.Name)), [.. rows.Take(limit)], rows.Count > limit, scannedBytes);
            }
        }
    }

    private static JsonValue? ToJson(string type, string? value) => (value, type) switch
    {
        (null, _) => null,
        (_, "boolean") => JsonValue.Create(value == "true"),
        (_, "tinyint" or "smallint" or "integer" or "bigint") => JsonValue.Create(long.Parse(value, CultureInfo.InvariantCulture)),
        (_, "float" or "real" or "double") when double.TryParse(value, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) => JsonValue.Create(number),
        (_, "decimal") when decimal.TryParse(value, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) => JsonValue.Create(number),
        _ => JsonValue.Create(value),
    };
}
