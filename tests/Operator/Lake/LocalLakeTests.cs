using DataToEvents.Common;
using DataToEvents.Operator.Lake;

namespace DataToEvents.Operator.Tests.Lake;

public sealed class LocalLakeTests : IDisposable
{
    private readonly LakeFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_event_is_a_row_with_its_payload_and_its_hour()
    {
        _folder.AddEvents(LakeFolder.Envelope("e-1", ",\"dteproducersequence\":\"7\",\"traceparent\":\"00-a\",\"datacontenttype\":\"application/json\",\"data\":{\"name\":\"José\",\"lines\":[{\"n\":1}]}"));

        var answer = await AskAsync("SELECT * FROM events");

        answer.Columns.Should().Equal(LakeSchema.Tables[0].Columns.Select(column => column.Name));
        Texts(answer).Should().Equal("e-1|/shop|shop.order|customer-1|2026-11-30 05:00:00.500|2026-11-30 05:00:01.250|7|00-a|application/json|{\"name\":\"José\",\"lines\":[{\"n\":1}]}|-|-|2026|11|30|05");
    }

    [Theory]
    [InlineData(",\"data\":\"text\"", "\"text\"|-|-")]
    [InlineData(",\"data\":7", "7|-|-")]
    [InlineData(",\"data\":null", "-|-|-")]
    [InlineData(",\"data_base64\":\"AP8=\"", "-|AP8=|-")]
    [InlineData(",\"dataref\":\"s3://b/payloads/x\"", "-|-|s3://b/payloads/x")]
    [InlineData(",\"dataref\":\"the producer's\",\"dtedataref\":\"s3://b/payloads/x\"", "-|-|s3://b/payloads/x")]
    [InlineData("", "-|-|-")]
    public async Task A_payload_is_shown_in_the_form_in_which_it_travels(string rest, string shown)
    {
        _folder.AddEvents(LakeFolder.Envelope("e-1", rest));

        Texts(await AskAsync("SELECT data, data_base64, dataref FROM events")).Should().Equal(shown);
    }

    [Fact]
    public async Task Members_of_the_payload_are_asked_for_as_on_Athena()
    {
        _folder.AddEvents(
            LakeFolder.Envelope("e-1", ",\"data\":{\"name\":\"José\",\"amount\":12,\"tags\":[1]}"), LakeFolder.Envelope("e-2", ",\"data\":\"no object\""), LakeFolder.Envelope("e-3"));

        var answer = await AskAsync("SELECT json_extract_scalar(data, '$.name') AS name, CAST(json_extract_scalar(data, '$.amount') AS double) AS amount, json_extract_scalar(data, '$.tags') AS tags FROM events ORDER BY id");

        Texts(answer).Should().Equal("José|12|-", "-|-|-", "-|-|-");
    }

    /// <summary>Firehose and a JSON SerDe of Athena differ here from DuckDB; the lake carries what producers send.</summary>
    [Fact]
    public async Task A_payload_with_a_key_twice_harms_no_other_event()
    {
        _folder.AddEvents(LakeFolder.Envelope("e-1", ",\"data\":{\"a\":1,\"a\":2,\"A\":3}"), LakeFolder.Envelope("e-2", ",\"data\":{}"));

        Texts(await AskAsync("SELECT id, data FROM events ORDER BY id")).Should().Equal("e-1|{\"a\":1,\"a\":2,\"A\":3}", "e-2|{}");
    }

    [Fact]
    public async Task Only_the_hours_that_a_query_names_are_read()
    {
        _folder.AddEvents(LakeFolder.Envelope("e-1"));
        _folder.AddBroken("year=2026/month=11/day=30/hour=06");

        Texts(await AskAsync("SELECT id FROM events WHERE year = '2026' AND month = '11' AND day = '30' AND hour = '05'")).Should().Equal("e-1");
        await Asking("SELECT id FROM events").Should().ThrowAsync<UserErrorException>().WithMessage("*hour=06*");
    }

    [Fact]
    public async Task A_failed_record_is_a_row_with_its_reason_and_its_text()
    {
        _folder.AddFailed("2026/11/30/05", Failed("{\"a\":1}"u8), Failed([0xFF, 0x00]));

        Texts(await AskAsync("SELECT arrived, attempts, reason, message, record, record_base64, hour FROM failed ORDER BY record")).Should().Equal(
            "2026-11-30 05:00:01.250|4|Lambda.FunctionError|it said no|{\"a\":1}|eyJhIjoxfQ==|2026/11/30/05",
            "2026-11-30 05:00:01.250|4|Lambda.FunctionError|it said no|-|/wA=|2026/11/30/05");
    }

    [Fact]
    public async Task A_lake_where_nothing_lies_has_no_row_and_all_columns()
    {
        foreach (var table in LakeSchema.Tables)
        {
            var answer = await AskAsync($"SELECT * FROM {table.Name}");

            answer.Columns.Should().Equal(table.Columns.Select(column => column.Name));
            answer.Rows.Should().BeEmpty();
        }
    }

    [Fact]
    public async Task More_rows_than_the_limit_are_cut_off_and_the_answer_says_so()
    {
        _folder.AddEvents([.. Enumerable.Range(0, 5).Select(i => LakeFolder.Envelope($"e-{i}"))]);

        (await AskAsync("SELECT id FROM events", 4)).Should().Match<LakeAnswer>(answer => answer.Rows.Count == 4 && answer.HasMore);
        (await AskAsync("SELECT id FROM events", 5)).Should().Match<LakeAnswer>(answer => answer.Rows.Count == 5 && !answer.HasMore);
    }

    [Fact]
    public async Task Columns_without_a_name_of_their_own_get_one()
    {
        (await AskAsync("SELECT 1 AS a, 2 AS a, 3 AS \"two words\", 4 AS \" \"")).Columns.Should().Equal("a", "a_2", "two_words", "column");
    }

    [Theory]
    [InlineData("SELECT nix FROM events", "line 1 at 'nix FROM events'", "\"nix\" not found")]
    [InlineData("SELECT id\nFROM event", "line 2 at 'event'", "Table with name event does not exist")]
    [InlineData("SELECT id FROM events\nWHERE hour = = '05'", "line 2 at '= '05''", "syntax error at or near \"=\"")]
    [InlineData("SELECT id FROM", "cannot be answered", "syntax error at end of input")]
    [InlineData("SELECT nofunction(id) FROM events", "line 1 at 'nofunction(id) FROM events'", "nofunction does not exist")]
    public async Task Wrong_SQL_is_told_in_one_line_with_its_place(string sql, string place, string what)
    {
        var refused = await Asking(sql).Should().ThrowAsync<UserErrorException>();

        refused.Which.Message.Should().Contain(place).And.Contain(what).And.NotContain("\n").And.NotContain("LINE");
    }

    private static string Failed(ReadOnlySpan<byte> record) =>
        $$"""{"attemptsMade":4,"arrivalTimestamp":1796014801250,"errorCode":"Lambda.FunctionError","errorMessage":"it said no","attemptEndingTimestamp":1796014802000,"rawData":"{{Convert.ToBase64String(record)}}","lambdaArn":"arn"}""";

    private static IEnumerable<string> Texts(LakeAnswer answer) => answer.Rows.Select(row => string.Join('|', row.Select(value => value?.ToString() ?? "-")));

    private Task<LakeAnswer> AskAsync(string sql, int limit = 100) => new LocalLake(_folder.Data).AskAsync(sql, limit, CancellationToken.None);

    private Func<Task> Asking(string sql) => () => AskAsync(sql);
}
