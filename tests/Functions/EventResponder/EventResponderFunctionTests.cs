using Amazon.Lambda.APIGatewayEvents;
using DataToEvents.Application.EventResponder;
using DataToEvents.Domain;
using DataToEvents.Emulator.Lambda;
using DataToEvents.Functions.EventResponder;
using Microsoft.Extensions.DependencyInjection;

namespace DataToEvents.Functions.Tests.EventResponder;

/// <summary>Both handlers of the EventResponder: the rule's, and the HTTP API's.</summary>
public sealed class EventResponderFunctionTests
{
    private const string Envelope =
        """{"specversion":"1.0","id":"e1","source":"urn:test","type":"t","subject":"a/b c","time":"2026-11-24T12:00:00Z","dtesequence":"7","data":{"n":1.0}}""";

    private const string Payload = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08.bin";

    private readonly View _view = new();

    [Fact]
    public async Task The_rule_brings_an_event_into_the_view_once_byte_for_byte()
    {
        await Responder().WithAsync(Delivery(Envelope));
        await Responder().WithAsync(Delivery(Envelope));

        _view.Applied.Should().Equal($"7 {Envelope}");
    }

    [Fact]
    public async Task A_replay_is_ignored_unless_told_to_handle_it()
    {
        var replayed = Delivery(Envelope, """ "replay-name":"again", """);

        await Responder().WithAsync(replayed);
        _view.Applied.Should().BeEmpty();

        await Responder(new ResponderOptions(HandleReplays: true)).WithAsync(replayed);
        _view.Applied.Should().ContainSingle();
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"specversion":"1.0","id":"e1","source":"urn:test","type":"t"}""")]
    public async Task A_detail_that_is_no_event_of_ours_is_an_error_so_that_the_rule_sets_it_aside(string detail)
    {
        (await Responder().ErrorAsync(Delivery(detail))).Type.Should().Contain("FormatException");
        _view.Applied.Should().BeEmpty();
    }

    [Fact]
    public async Task An_event_without_a_detail_is_an_error()
    {
        (await Responder().ErrorAsync("""{"Records":[]}""")).Should().NotBeNull();
        _view.Applied.Should().BeEmpty();
    }

    [Fact]
    public async Task The_summary_counts_events_streams_and_types()
    {
        await Responder().WithAsync(Delivery(Envelope));

        (await BodyAsync("GET /", 200)).Should().Be("""{"events":1,"streams":1,"types":{"t":1}}""");
    }

    [Fact]
    public async Task A_stream_is_found_by_the_name_that_API_Gateway_unescaped_and_shows_its_latest_event_verbatim()
    {
        await Responder().WithAsync(Delivery(Envelope));

        (await BodyAsync("GET /streams/{id}", 200, ("id", "a/b c"))).Should().Be($$"""{"stream":"a/b c","events":1,"latest":{{Envelope}}}""");
        (await BodyAsync("GET /streams", 200, query: """{"id":"a/b c"}""")).Should().Be($$"""{"stream":"a/b c","events":1,"latest":{{Envelope}}}""");
    }

    [Theory]
    [InlineData("a%2Fb")]
    [InlineData("order-a%41b")]
    [InlineData("100%")]
    [InlineData("..")]
    [InlineData("a?b=c#d&e,f+g")]
    [InlineData("東京 😀")]
    public async Task A_stream_is_asked_for_with_any_character_and_no_name_is_unescaped_twice(string stream)
    {
        await Responder().WithAsync(Delivery(Envelope.Replace("a/b c", stream, StringComparison.Ordinal)));

        foreach (var answer in new[] { await BodyAsync("GET /streams/{id}", 200, ("id", stream)), await BodyAsync("GET /streams", 200, query: $$"""{"id":"{{stream}}"}""") })
        {
            using var json = JsonDocument.Parse(answer);
            json.RootElement.GetProperty("stream").GetString().Should().Be(stream);
        }
    }

    [Theory]
    [InlineData("null")]
    [InlineData("""{"id":""}""")]
    [InlineData("""{"stream":"a"}""")]
    public async Task Streams_are_asked_for_one_at_a_time(string query) =>
        await ProblemAsync(400, "Bad Request", "id is missing: GET /streams?id=STREAM.", "GET /streams", query: query);

    [Fact]
    public async Task Events_are_listed_by_type_and_limit()
    {
        await Responder().WithAsync(Delivery(Envelope));

        (await BodyAsync("GET /events", 200, query: """{"type":"t","limit":"5"}""")).Should().Be($$"""{"events":[{{Envelope}}]}""");
        (await BodyAsync("GET /events", 200, query: """{"type":"other"}""")).Should().Be("""{"events":[]}""");
        _view.AskedFor.Should().Equal("t 6", "other 101");
    }

    [Fact]
    public async Task Events_are_listed_from_a_time_to_a_time()
    {
        await BodyAsync("GET /events", 200, query: """{"type":"t","from":"2026-11-24T12:00:00+01:00","to":"2026-11-24T12:00:00Z"}""");

        _view.AskedFor.Should().Equal("t 101 from 2026-11-24T11:00:00 to 2026-11-24T12:00:00");
    }

    [Fact]
    public async Task A_stream_s_history_is_in_its_order_page_by_page()
    {
        var ids = Enumerable.Range(0, 5).Select(number => $"e{number}").ToList();
        foreach (var id in ids)
        {
            await Responder().WithAsync(Delivery(Envelope.Replace("\"e1\"", $"\"{id}\"", StringComparison.Ordinal)));
        }

        var read = new List<string>();
        for (string? after = ""; after is not null;)
        {
            using var page = JsonDocument.Parse(await BodyAsync("GET /streams/{id}/events", 200, ("id", "a/b c"), $$"""{"limit":"2","after":"{{after}}"}"""));
            read.AddRange(page.RootElement.GetProperty("events").EnumerateArray().Select(item => item.GetProperty("id").GetString()!));
            after = page.RootElement.TryGetProperty("next", out var next) ? next.GetString() : null;
        }

        read.Should().Equal(ids);
        (await BodyAsync("GET /events", 200, query: """{"stream":"a/b c","limit":"1"}""")).Should().StartWith("""{"events":[{"specversion":"1.0","id":"e0",""").And.Contain("\"next\"");
        await ProblemAsync(404, "Not Found", "No event of stream \"nobody\" has arrived.", "GET /streams/{id}/events", ("id", "nobody"));
        await ProblemAsync(400, "Bad Request", "after must be the \"next\" of an answer to GET /streams/{id}/events.", "GET /streams/{id}/events", ("id", "a/b c"), """{"after":"*"}""");
    }

    [Fact]
    public async Task An_event_is_found_by_its_id_and_by_its_source()
    {
        await Responder().WithAsync(Delivery(Envelope));

        foreach (var query in new[] { """{"id":"e1"}""", """{"id":"e1","source":"urn:test"}""" })
        {
            (await BodyAsync("GET /events", 200, query: query)).Should().Be($$"""{"events":[{{Envelope}}]}""");
        }

        (await BodyAsync("GET /events", 200, query: """{"id":"e1","source":"urn:other"}""")).Should().Be("""{"events":[]}""");
        (await BodyAsync("GET /events/{source}/{id}", 200, parameters: """{"source":"urn:test","id":"e1"}""")).Should().Be($$"""{"events":[{{Envelope}}]}""");
        await ProblemAsync(404, "Not Found", "No event \"e2\" of source \"urn:test\" has arrived here. If the path accepted it, operator events get says where it is.", "GET /events/{source}/{id}", parameters: """{"source":"urn:test","id":"e2"}""");
    }

    [Theory]
    [InlineData("""{"from":"yesterday"}""", "from must be a time such as 2026-11-24T12:00:00Z (RFC 3339; write the plus sign of an offset as %2B).")]
    [InlineData("""{"to":"2026-11-24T12:00:00 01:00"}""", "to must be a time such as 2026-11-24T12:00:00Z (RFC 3339; write the plus sign of an offset as %2B).")]
    [InlineData("""{"from":"2026-11-24T12:00:01Z","to":"2026-11-24T12:00:00Z"}""", "from is later than to: give the earlier time as from.")]
    [InlineData("""{"id":"e1","stream":"s"}""", "id and stream do not go together: give one of them.")]
    [InlineData("""{"source":"urn:test"}""", "source goes with id: GET /events?id=ID&source=SOURCE.")]
    [InlineData("""{"id":"e1","type":"t"}""", "type, from and to do not go with id: leave them out.")]
    [InlineData("""{"stream":"s","from":"2026-11-24T12:00:01Z"}""", "type, from and to do not go with stream: leave them out.")]
    public async Task A_query_that_makes_no_sense_is_a_bad_request_that_says_what_to_give(string query, string detail) =>
        await ProblemAsync(400, "Bad Request", detail, "GET /events", query: query);

    [Theory]
    [InlineData("GET /events/{source}/{id}", """{"source":"urn:test","id":"e1"}""", "null")]
    [InlineData("GET /events", "null", """{"id":"e1"}""")]
    public async Task Without_lookups_the_answer_says_which_setting_brings_them(string route, string parameters, string query)
    {
        await Responder().WithAsync(Delivery(Envelope));
        _view.HasLookups = false;

        await ProblemAsync(404, "Not Found", "This view finds no event by its id: VIEW_LOOKUPS is false (in Terraform consumer.view_lookups).", route, query: query, parameters: parameters);
        (await BodyAsync("GET /events", 200, query: """{"type":"t"}""")).Should().Contain("e1");
        (await BodyAsync("GET /events", 200, query: """{"stream":"a/b c"}""")).Should().Contain("e1");
    }

    [Fact]
    public async Task Pages_follow_each_other_by_their_cursors_until_there_is_no_more()
    {
        var ids = Enumerable.Range(0, 7).Select(number => $"e{number}").ToList();
        foreach (var id in ids)
        {
            await Responder().WithAsync(Delivery(Envelope.Replace("\"e1\"", $"\"{id}\"", StringComparison.Ordinal)));
        }

        var pages = await PagesAsync("3");

        pages.Select(page => page.Count).Should().Equal(3, 3, 1);
        pages.SelectMany(page => page).Should().Equal(Enumerable.Reverse(ids));
    }

    /// <summary>Quotes, line ends and control characters are escaped twice: in the envelope, and in the answer that carries the body.</summary>
    [Theory]
    [InlineData("x")]
    [InlineData("\\\\\\\"")]
    [InlineData("\u007f")]
    [InlineData("\u00a0")]
    [InlineData("😀")]
    public async Task No_page_is_over_6_MB_however_large_the_events_and_none_is_left_out(string character)
    {
        const int Count = 30;
        var text = string.Concat(Enumerable.Repeat(character, 240_000 / Encoding.UTF8.GetByteCount(character)));
        for (var number = 0; number < Count; number++)
        {
            await _view.ApplyAsync(DataEvent.Parse(Encoding.UTF8.GetBytes(Envelope.Replace("\"e1\"", $"\"e{number}\"", StringComparison.Ordinal).Replace("1.0}", $"\"{text}\"}}", StringComparison.Ordinal))), "1", default);
        }

        var pages = await PagesAsync("1000");

        pages.Should().HaveCountGreaterThan(1).And.AllSatisfy(page => page.Should().NotBeEmpty());
        pages.SelectMany(page => page).Should().Equal(Enumerable.Range(0, Count).Reverse().Select(number => $"e{number}"));
    }

    [Theory]
    [InlineData("*")]
    [InlineData("AAAA")]
    [InlineData("a")]
    public async Task A_cursor_that_no_answer_gave_is_a_bad_request(string cursor) =>
        await ProblemAsync(400, "Bad Request", "cursor must be the \"next\" of an answer to GET /events.", "GET /events", query: $$"""{"cursor":"{{cursor}}"}""");

    [Fact]
    public async Task A_summary_of_more_types_than_an_answer_holds_says_how_many_it_leaves_out()
    {
        for (var number = 0; number < 40; number++)
        {
            var type = $"{number:D2}{new string('"', 100_000)}";
            await _view.ApplyAsync(DataEvent.Parse(Encoding.UTF8.GetBytes(Envelope.Replace("\"type\":\"t\"", $"\"type\":{JsonSerializer.Serialize(type)}", StringComparison.Ordinal).Replace("\"e1\"", $"\"e{number}\"", StringComparison.Ordinal))), "1", default);
        }

        using var summary = JsonDocument.Parse(await BodyAsync("GET /", 200));

        summary.RootElement.GetProperty("events").GetInt32().Should().Be(40);
        (summary.RootElement.GetProperty("types").EnumerateObject().Count() + summary.RootElement.GetProperty("typesLeftOut").GetInt32()).Should().Be(40);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1001")]
    [InlineData("-1")]
    [InlineData("many")]
    [InlineData("")]
    public async Task A_limit_that_is_none_is_a_bad_request_with_problem_details(string limit) =>
        await ProblemAsync(400, "Bad Request", "limit must be a whole number from 1 to 1000.", "GET /events", query: $$"""{"limit":"{{limit}}"}""");

    [Fact]
    public async Task What_is_not_there_is_not_found_with_problem_details()
    {
        await ProblemAsync(404, "Not Found", "No event of stream \"nobody\" has arrived.", "GET /streams/{id}", ("id", "nobody"));
        await ProblemAsync(404, "Not Found", "No event of stream \"\" has arrived.", "GET /streams/{id}");
        await ProblemAsync(404, "Not Found", "There is no payload \"../secret\". Ask for the last part of an event's dataref: 64 hex digits and .bin.", "GET /payloads/{name}", ("name", "../secret"));
        await ProblemAsync(404, "Not Found", "There is no GET /elsewhere here.", "GET /elsewhere");
    }

    [Fact]
    public async Task A_payload_is_answered_as_bytes()
    {
        _view.Payloads[Payload] = [0, 0xFF, 10];

        var answer = await AnswerAsync("GET /payloads/{name}", ("name", Payload), "null");

        answer.GetProperty("isBase64Encoded").GetBoolean().Should().BeTrue();
        answer.GetProperty("headers").GetProperty("content-type").GetString().Should().Be("application/octet-stream");
        answer.GetProperty("body").GetBytesFromBase64().Should().Equal(0, 0xFF, 10);
    }

    [Fact]
    public async Task A_request_without_authorizer_headers_or_parameters_is_answered() =>
        (await Api().WithAsync("""{"version":"2.0","routeKey":"GET /","rawPath":"/","requestContext":{"http":{"method":"GET","path":"/"}},"isBase64Encoded":false}"""))
            .GetProperty("statusCode").GetInt32().Should().Be(200);

    /// <summary>The ids on each page, from the first to the last.</summary>
    private async Task<List<List<string>>> PagesAsync(string limit)
    {
        var pages = new List<List<string>>();
        for (string? cursor = null; pages.Count == 0 || cursor is not null;)
        {
            using var page = JsonDocument.Parse(await BodyAsync("GET /events", 200, query: $$"""{"limit":"{{limit}}","cursor":"{{cursor}}"}"""));
            pages.Add([.. page.RootElement.GetProperty("events").EnumerateArray().Select(item => item.GetProperty("id").GetString()!)]);
            cursor = page.RootElement.TryGetProperty("next", out var next) ? next.GetString() : null;
            Uri.EscapeDataString(cursor ?? "").Should().Be(cursor ?? "");
        }

        return pages;
    }

    private async Task ProblemAsync(int status, string title, string detail, string route, (string Name, string Value)? parameter = null, string query = "null", string parameters = "null")
    {
        var answer = await AnswerAsync(route, parameter, query, parameters);

        answer.GetProperty("statusCode").GetInt32().Should().Be(status);
        answer.GetProperty("headers").GetProperty("content-type").GetString().Should().Be("application/problem+json");
        using var problem = JsonDocument.Parse(answer.GetProperty("body").GetString()!);
        problem.RootElement.GetProperty("title").GetString().Should().Be(title);
        problem.RootElement.GetProperty("status").GetInt32().Should().Be(status);
        problem.RootElement.GetProperty("detail").GetString().Should().Be(detail);
    }

    private async Task<string> BodyAsync(string route, int status, (string Name, string Value)? parameter = null, string query = "null", string parameters = "null")
    {
        var answer = await AnswerAsync(route, parameter, query, parameters);
        answer.GetProperty("statusCode").GetInt32().Should().Be(status);
        answer.GetProperty("headers").GetProperty("content-type").GetString().Should().Be("application/json");
        return answer.GetProperty("body").GetString()!;
    }

    private Task<JsonElement> AnswerAsync(string route, (string Name, string Value)? parameter, string query, string parameters = "null")
    {
        parameters = parameter is { } given ? $$"""{"{{given.Name}}":"{{given.Value}}"}""" : parameters;
        return Api().WithAsync($$"""{"version":"2.0","routeKey":"{{route}}","headers":{"accept":"*/*"},"pathParameters":{{parameters}},"queryStringParameters":{{query}},"requestContext":{"stage":"$default"} }""");
    }

    private static string Delivery(string detail, string more = "") => $$"""
        {"version":"0","id":"1","detail-type":"DataInserted","source":"datatoevents.insert","account":"123456789012","time":"2026-11-24T12:00:00Z","region":"eu-north-1","resources":[],{{more}}"detail":{{detail}} }
        """;

    private InProcessFunction Responder(ResponderOptions? options = null) => InProcessFunction.Create<EventBridgeEvent>(
        new FunctionOptions("EventResponder") { Timeout = TimeSpan.FromSeconds(4) }, Services(options).GetRequiredService<EventResponderFunction>().Respond, new EventResponderSerializer(), Invoked.Host);

    private InProcessFunction Api() => InProcessFunction.Create<APIGatewayHttpApiV2ProxyRequest, APIGatewayHttpApiV2ProxyResponse>(
        new FunctionOptions("EventResponder") { Timeout = TimeSpan.FromSeconds(4) }, Services(null).GetRequiredService<ApiFunction>().Browse, new EventResponderSerializer(), Invoked.Host);

    private ServiceProvider Services(ResponderOptions? options) => new ServiceCollection()
        .AddEventResponder(options ?? new ResponderOptions())
        .AddSingleton<IStreamView>(_view)
        .AddSingleton<IViewQueries>(_view)
        .AddSingleton<IPayloadReader>(_view)
        .BuildServiceProvider();

    /// <summary>A view in memory. The last event that comes to a stream is its latest.</summary>
    private sealed class View : IStreamView, IViewQueries, IPayloadReader
    {
        private readonly List<DataEvent> _events = [];

        public List<string> Applied { get; } = [];

        public List<string> AskedFor { get; } = [];

        public Dictionary<string, byte[]> Payloads { get; } = [];

        public Task<bool> ApplyAsync(DataEvent received, string sequence, CancellationToken cancellationToken)
        {
            if (_events.Exists(known => (known.Stream, known.Id) == (received.Stream, received.Id)))
            {
                return Task.FromResult(false);
            }

            _events.Add(received);
            Applied.Add($"{sequence} {Encoding.UTF8.GetString(received.Envelope.Span)}");
            return Task.FromResult(true);
        }

        public Task<ViewSummary> SummaryAsync(CancellationToken cancellationToken) => Task.FromResult(new ViewSummary(
            _events.Count, _events.DistinctBy(known => known.Stream).Count(), _events.GroupBy(known => known.Type).ToDictionary(group => group.Key, group => (long)group.Count())));

        public Task<StreamSummary?> StreamAsync(StreamId stream, CancellationToken cancellationToken)
        {
            var found = _events.FindAll(known => known.Stream == stream);
            return Task.FromResult(found.Count == 0 ? null : new StreamSummary(stream, found.Count, found[^1].Envelope));
        }

        public bool HasLookups { get; set; } = true;

        public IAsyncEnumerable<ListedEvent> EventsAsync(EventSelection selection, string? before, int limit, CancellationToken cancellationToken)
        {
            AskedFor.Add($"{selection.Type} {limit}{(selection.From is { } from ? $" from {from:s}" : "")}{(selection.To is { } to ? $" to {to:s}" : "")}");
            return Listed(entry => (selection.Type is null || entry.Known.Type == selection.Type) && (before is null || entry.Place < int.Parse(before, null))).AsEnumerable().Reverse().Take(limit).ToAsyncEnumerable();
        }

        public IAsyncEnumerable<ListedEvent> HistoryAsync(StreamId stream, string? after, int limit, CancellationToken cancellationToken) =>
            Listed(entry => entry.Known.Stream == stream && (after is null || entry.Place > int.Parse(after, null))).Take(limit).ToAsyncEnumerable();

        public IAsyncEnumerable<ListedEvent> WithIdAsync(EventId id, string? source, string? after, int limit, CancellationToken cancellationToken) =>
            Listed(entry => entry.Known.Id == id && (source is null || entry.Known.Source == source) && (after is null || entry.Place > int.Parse(after, null))).Take(limit).ToAsyncEnumerable();

        private List<ListedEvent> Listed(Func<(DataEvent Known, int Place), bool> wanted) =>
            [.. _events.Select((known, place) => (Known: known, Place: place)).Where(wanted).Select(entry => new ListedEvent($"{entry.Place}", entry.Known.Envelope))];

        public Task<ReadOnlyMemory<byte>?> GetAsync(string name, CancellationToken cancellationToken) =>
            Task.FromResult<ReadOnlyMemory<byte>?>(Payloads.TryGetValue(name, out var payload) ? payload : null);
    }
}
