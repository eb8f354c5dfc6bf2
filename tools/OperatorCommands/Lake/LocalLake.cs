using DuckDB.NET.Data;
using DuckDB.NET.Native;

namespace DataToEvents.Operator.Lake;

/// <summary>The lake of a data directory, asked with DuckDB. Whether a host runs does not matter: an object of the lake is whole as soon as it has its name.</summary>
internal sealed class LocalLake(DirectoryInfo data) : ILake
{
    private static readonly char[] PatternCharacters = ['*', '?', '[', ']'];

    public async Task<LakeAnswer> AskAsync(string sql, int limit, CancellationToken stopping)
    {
        ReadingSql.Check(sql);
        var lake = Path.Combine(data.FullName, "lake").Replace('\\', '/');
        if (lake.IndexOfAny(PatternCharacters) >= 0)
        {
            throw new UserErrorException($"the path {lake} has *, ?, [ or ], which DuckDB takes for a pattern; allowed: a data directory without them.");
        }

        DuckDbLibrary.Use();
        // DuckDB works on threads of its own. The caller waits, because it has nothing else to do.
        return await Task.Run(() => Ask(lake, sql, limit, stopping), stopping);
    }

    private static LakeAnswer Ask(string lake, string sql, int limit, CancellationToken stopping)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        foreach (var statement in new DuckDbSql(lake).Statements)
        {
            using var preparing = connection.CreateCommand();
            preparing.CommandText = statement;
            preparing.ExecuteNonQuery();
        }

        try
        {
            ThrowUnlessOneQuery(connection, sql);
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            command.UseStreamingMode = true;
            using var interrupt = stopping.Register(command.Cancel);
            using var reader = command.ExecuteReader();
            return Read(reader, limit);
        }
        catch (DuckDBException fault) when (fault.ErrorType == DuckDBErrorType.Interrupt || stopping.IsCancellationRequested)
        {
            throw new OperationCanceledException(fault.Message, fault, stopping);
        }
        catch (DuckDBException fault)
        {
            throw new UserErrorException(DuckDbFault.Line(fault.Message));
        }
    }

    /// <summary>DuckDB's own parser says whether it is one query, for a query is all that it turns into JSON. Anything else could write into the lake's folder.</summary>
    private static void ThrowUnlessOneQuery(DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT json_serialize_sql('{sql.Replace("'", "''", StringComparison.Ordinal)}')";
        using var parsed = JsonDocument.Parse((string)command.ExecuteScalar()!, new JsonDocumentOptions { MaxDepth = 1_000 });
        if (parsed.RootElement.GetProperty("error").GetBoolean())
        {
            // The query itself reports a mistake in the SQL better, because it says where it is.
            if (parsed.RootElement.GetProperty("error_type").GetString() != "parser")
            {
                throw new UserErrorException($"the SQL is no query that only reads ({parsed.RootElement.GetProperty("error_message").GetString()}); allowed: one SELECT.");
            }
        }
        else if (parsed.RootElement.GetProperty("statements").GetArrayLength() != 1)
        {
            throw new UserErrorException("the SQL has more than one statement; allowed: one query.");
        }
    }

    private static LakeAnswer Read(DuckDBDataReader reader, int limit)
    {
        var columns = LakeAnswer.Distinct(Enumerable.Range(0, reader.FieldCount).Select(reader.GetName));
        var rows = new List<JsonNode?[]>();
        while (reader.Read())
        {
            if (rows.Count == limit)
            {
                return new LakeAnswer(columns, rows, HasMore: true, ScannedBytes: null);
            }

            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(column => reader.IsDBNull(column) ? null : DuckDbValue.ToJson(reader.GetValue(column)))]);
        }

        return new LakeAnswer(columns, rows, HasMore: false, ScannedBytes: null);
    }
}
