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
    public async Task Limits_from_1_to_1000_are_asked_of_the_view(int limit)
    {
        (await _browse.EventsAsync("order", limit, CancellationToken.None)).Should().HaveCount(1);

        _view.Asked.Should().Equal($"order {limit}");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(BrowseEvents.MaxLimit + 1)]
    public async Task Other_limits_are_refused_and_say_what_they_may_be(int limit)
    {
        var asking = () => _browse.EventsAsync(null, limit, CancellationToken.None);

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

    private sealed class AnsweringView : IStreamView, IPayloadReader
    {
        public List<string> Asked { get; } = [];

        public Task<bool> ApplyAsync(DataEvent received, string sequence, CancellationToken cancellationToken) => Task.FromResult(true);

        public Task<ViewSummary> SummaryAsync(CancellationToken cancellationToken) => Task.FromResult(new ViewSummary(0, 0, new Dictionary<string, long>()));

        public Task<StreamSummary?> StreamAsync(StreamId stream, CancellationToken cancellationToken)
        {
            Asked.Add(stream.Value);
            return Task.FromResult<StreamSummary?>(new StreamSummary(stream, 1, default));
        }

        public Task<IReadOnlyList<ReadOnlyMemory<byte>>> EventsAsync(string? type, int limit, CancellationToken cancellationToken)
        {
            Asked.Add($"{type} {limit}");
            return Task.FromResult<IReadOnlyList<ReadOnlyMemory<byte>>>([default]);
        }

        public Task<ReadOnlyMemory<byte>?> GetAsync(string name, CancellationToken cancellationToken)
        {
            Asked.Add(name);
            return Task.FromResult<ReadOnlyMemory<byte>?>(new byte[1]);
        }
    }
}
