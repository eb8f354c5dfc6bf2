using System.Runtime.CompilerServices;
using DataToEvents.Application.EventResponder;
using DataToEvents.Domain;

namespace DataToEvents.Application.Tests.EventResponder;

public sealed class BrowseEventsTests
{
    private static readonly string Name = $"{new string('a', 63)}0.bin";

    private readonly AnsweringView _view = new();
    private readonly BrowseEvents _browse;

    public BrowseEventsTests() => _browse = new BrowseEvents(_view, _view);

    [Theory]
    [InlineData(1)]
    [InlineData(BrowseEvents.MaxLimit)]
    public async Task One_event_more_than_limits_from_1_to_1000_is_asked_of_the_view(int limit)
    {
        (await _browse.EventsAsync(new("order"), "a", limit, Fits, CancellationToken.None)).Envelopes.Should().BeEmpty();

        _view.Asked.Should().Equal($"order a {limit + 1}");
    }

    [Theory]
    [InlineData(1, "6")]
    [InlineData(6, "1")]
    [InlineData(7, null)]
    [InlineData(8, null)]
    public async Task A_page_says_where_the_next_one_begins_if_there_is_one(int limit, string? next)
    {
        _view.Events.AddRange(Enumerable.Range(0, 7).Reverse().Select(number => new ListedEvent($"{number}", default)));

        var page = await _browse.EventsAsync(default, null, limit, Fits, CancellationToken.None);

        (page.Envelopes.Count, page.Next).Should().Be((Math.Min(limit, 7), next));
    }

    [Fact]
    public async Task A_page_ends_before_the_event_that_does_not_fit_and_the_rest_is_not_read()
    {
        _view.Events.AddRange([new("3", new byte[60]), new("2", new byte[60]), new("1", new byte[60])]);
        var left = 100;

        var page = await _browse.EventsAsync(default, null, 10, envelope => (left -= envelope.Length) >= 0, CancellationToken.None);

        (page.Envelopes.Count, page.Next, _view.Read).Should().Be((1, "3", 2));
    }

    [Fact]
    public async Task An_event_that_is_too_large_for_any_page_is_a_page_of_its_own()
    {
        _view.Events.AddRange([new("2", default), new("1", default)]);

        (await _browse.EventsAsync(default, null, 10, _ => false, CancellationToken.None)).Should().BeEquivalentTo(new { Next = "2", Envelopes = new ReadOnlyMemory<byte>[1] });
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(BrowseEvents.MaxLimit + 1)]
    public async Task Other_limits_are_refused_and_say_what_they_may_be(int limit)
    {
        var asking = () => _browse.EventsAsync(default, null, limit, Fits, CancellationToken.None);

        await asking.Should().ThrowAsync<ArgumentOutOfRangeException>().WithMessage("limit must be 1 to 1000*");
        _view.Asked.Should().BeEmpty();
    }

    [Fact]
    public async Task A_stream_is_asked_of_the_view_and_what_can_be_none_is_not()
    {
        (await _browse.StreamAsync("order-1", CancellationToken.None)).Should().NotBeNull();
        (await _browse.StreamAsync("", CancellationToken.None)).Should().BeNull();

        _view.Asked.Should().Equal("order-1");
    }

    [Fact]
    public async Task Histories_and_ids_are_asked_of_the_view_and_what_can_be_none_is_not()
    {
        _view.Events.AddRange([new("1", default), new("2", default), new("3", default)]);

        (await _browse.HistoryAsync("order-1", "a", 2, Fits, CancellationToken.None)).Next.Should().Be("2");
        (await _browse.HistoryAsync("", null, 2, Fits, CancellationToken.None)).Envelopes.Should().BeEmpty();
        (await _browse.WithIdAsync("e-1", "/s", null, 3, Fits, CancellationToken.None)).Should().BeEquivalentTo(new { Next = (string?)null, Envelopes = new ReadOnlyMemory<byte>[3] });
        (await _browse.WithIdAsync("\u0000", null, null, 3, Fits, CancellationToken.None)).Envelopes.Should().BeEmpty();

        _view.Asked.Should().Equal("history order-1 a 3", "id e-1 /s  4");
    }

    [Fact]
    public async Task A_payload_is_asked_for_by_its_name()
    {
        (await _browse.PayloadAsync(Name, CancellationToken.None)).Should().NotBeNull();

        _view.Asked.Should().Equal(Name);
    }

    [Theory]
    [InlineData("")]
    [InlineData("../../../etc/passwd")]
    [InlineData("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcde.bin")]
    [InlineData("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef.txt")]
    [InlineData("0123456789ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef.bin")]
    [InlineData("../3456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef.bin")]
    [InlineData("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0.bin")]
    public async Task What_is_no_name_of_a_payload_is_not_asked_for(string name)
    {
        (await _browse.PayloadAsync(name, CancellationToken.None)).Should().BeNull();

        _view.Asked.Should().BeEmpty();
    }

    private static bool Fits(ReadOnlyMemory<byte> envelope) => true;

    private sealed class AnsweringView : IViewQueries, IPayloadReader
    {
        public List<string> Asked { get; } = [];

        public List<ListedEvent> Events { get; } = [];

        public int Read { get; private set; }

        public bool HasLookups => true;

        public Task<ViewSummary> SummaryAsync(CancellationToken cancellationToken) => Task.FromResult(new ViewSummary(0, 0, new Dictionary<string, long>()));

        public Task<StreamSummary?> StreamAsync(StreamId stream, CancellationToken cancellationToken)
        {
            Asked.Add(stream.Value);
            return Task.FromResult<StreamSummary?>(new StreamSummary(stream, 1, default));
        }

        public IAsyncEnumerable<ListedEvent> EventsAsync(EventSelection selection, string? before, int limit, CancellationToken cancellationToken) =>
            ListAsync($"{selection.Type} {before} {limit}", limit, cancellationToken);

        public IAsyncEnumerable<ListedEvent> HistoryAsync(StreamId stream, string? after, int limit, CancellationToken cancellationToken) =>
            ListAsync($"history {stream} {after} {limit}", limit, cancellationToken);

        public IAsyncEnumerable<ListedEvent> WithIdAsync(EventId id, string? source, string? after, int limit, CancellationToken cancellationToken) =>
            ListAsync($"id {id} {source} {after} {limit}", limit, cancellationToken);

        private async IAsyncEnumerable<ListedEvent> ListAsync(string asked, int limit, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            Asked.Add(asked);
            foreach (var listed in Events.Take(limit))
            {
                Read++;
                yield return await Task.FromResult(listed);
            }
        }

        public Task<ReadOnlyMemory<byte>?> GetAsync(string name, CancellationToken cancellationToken)
        {
            Asked.Add(name);
            return Task.FromResult<ReadOnlyMemory<byte>?>(new byte[1]);
        }
    }
}
