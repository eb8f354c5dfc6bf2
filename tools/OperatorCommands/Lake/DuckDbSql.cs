namespace DataToEvents.Operator.Lake;

/// <summary>What DuckDB runs before a query: the lake's tables, Athena's functions, and what no query may do.</summary>
/// <param name="lake">The folder <c>lake</c> of a data directory.</param>
internal sealed class DuckDbSql(string lake)
{
    /// <summary>Bytes of a line at most. Firehose takes records of 1,000 KiB; as base64 they have a third more.</summary>
    private const int LongestLine = 16_777_216;

    /// <summary>Athena's functions (Trino's) that DuckDB lacks, as far as the lake's views, its named queries and most questions need them.</summary>
    private static readonly string[] Functions =
    [
        "json_extract_scalar(j, p) AS CASE WHEN json_valid(j) AND json_type(j, p) NOT IN ('OBJECT', 'ARRAY', 'NULL') THEN json_extract_string(j, p) END",
        "json_format(j) AS CAST(j AS VARCHAR)",
        "json_parse(t) AS CAST(t AS JSON)",
        "from_iso8601_timestamp(t) AS CAST(t AS TIMESTAMPTZ)",
        "from_unixtime(s) AS to_timestamp(s)",
        "at_timezone(t, zone) AS timezone(zone, t)",
        "date_format(t, f) AS strftime(t, replace(replace(f, '%i', '%M'), '%s', '%S'))",
        "to_utf8(t) AS encode(t)",
        "from_utf8(b) AS TRY(decode(b))",
        "approx_distinct(x) AS approx_count_distinct(x)",
    ];

    private string EventFiles => Files("events", 4, ".json.gz");

    private string FailedFiles => Files("errors/processing-failed", 4, "");

    /// <summary>In this order.</summary>
    public IEnumerable<string> Statements =>
    [
        // As Athena's current_date. The zone is a setting of the extension icu, which is part of the library.
        "SET TimeZone = 'UTC'",
        "SET autoinstall_known_extensions = false",
        // DuckDB writes nothing to the disk, also when a query needs more memory than there is.
        "SET temp_directory = ''",
        .. Functions.Select(static function => $"CREATE MACRO {function}"),
        Has("events") ? Envelopes : Empty("envelopes"),
        Has("events") ? Events : Empty("events"),
        Has("errors/processing-failed") ? FailedLines : Empty("failed_lines"),
        Has("errors/processing-failed") ? Failed : Empty("failed"),
        // From here on a query reads files of the lake and no other, and cannot change that.
        $"SET allowed_directories = [{Quoted(lake + "/")}]",
        "SET enable_external_access = false",
        "SET lock_configuration = true",
    ];

    private string Envelopes =>
        $"CREATE VIEW envelopes AS SELECT CAST(json AS VARCHAR) AS line, year, month, day, hour FROM read_ndjson_objects({EventFiles}, {ByHour})";

    private string Events => $$"""
        CREATE VIEW events AS SELECT
          id, source, type, subject AS stream, {{Utc("time")}} AS time, {{Utc("dteacceptedtime")}} AS accepted,
          dteproducersequence AS producer_sequence, traceparent, datacontenttype, CAST(data AS VARCHAR) AS data, data_base64, coalesce(dtedataref, dataref) AS dataref, year, month, day, hour
        FROM read_json({{EventFiles}}, {{ByHour}}, format = 'newline_delimited', columns = {
          id: 'VARCHAR', source: 'VARCHAR', type: 'VARCHAR', subject: 'VARCHAR', time: 'VARCHAR', dteacceptedtime: 'VARCHAR', dteproducersequence: 'VARCHAR', traceparent: 'VARCHAR',
          datacontenttype: 'VARCHAR', data: 'JSON', data_base64: 'VARCHAR', dataref: 'VARCHAR', dtedataref: 'VARCHAR' })
        """;

    private string FailedLines =>
        $"CREATE VIEW failed_lines AS SELECT CAST(json AS VARCHAR) AS line, {HourOfFile} AS hour FROM read_ndjson_objects({FailedFiles}, {Whole}, filename = true)";

    private string Failed => $$"""
        CREATE VIEW failed AS SELECT
          CAST(make_timestamp(arrivalTimestamp * 1000) AS TIMESTAMP_MS) AS arrived, attemptsMade AS attempts, errorCode AS reason, errorMessage AS message,
          from_utf8(from_base64(rawData)) AS record, rawData AS record_base64, {{HourOfFile}} AS hour
        FROM read_json({{FailedFiles}}, {{Whole}}, filename = true, format = 'newline_delimited', columns = {
          arrivalTimestamp: 'BIGINT', attemptsMade: 'BIGINT', errorCode: 'VARCHAR', errorMessage: 'VARCHAR', rawData: 'VARCHAR' })
        """;

    private static string Utc(string time) => $"CAST(timezone('UTC', TRY_CAST({time} AS TIMESTAMPTZ)) AS TIMESTAMP_MS)";

    private static string Whole => FormattableString.Invariant($"maximum_object_size = {LongestLine}");

    private static string ByHour => $"{Whole}, hive_partitioning = true, hive_types_autocast = false";

    private static string HourOfFile => @"regexp_extract(filename, '([0-9]{4}/[0-9]{2}/[0-9]{2}/[0-9]{2})/[^/]*$', 1)";

    /// <summary>The view of a folder without files, because DuckDB refuses a pattern that matches no file.</summary>
    private static string Empty(string view) =>
        $"CREATE VIEW {view} AS SELECT {string.Join(", ", LakeSchema.Tables.Single(table => table.Name == view).Columns.Select(static column => $"CAST(NULL AS {(column.Type == "timestamp" ? "TIMESTAMP_MS" : column.Type)}) AS {column.Name}"))} WHERE false";

    private static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private string Files(string place, int folders, string extension) => Quoted($"{lake}/{place}/{string.Concat(Enumerable.Repeat("*/", folders))}*{extension}");

    private bool Has(string place) => Directory.Exists(Path.Combine(lake, place)) && Directory.EnumerateFiles(Path.Combine(lake, place), "*", SearchOption.AllDirectories).Any();
}
