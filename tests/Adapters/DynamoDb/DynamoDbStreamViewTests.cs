using DataToEvents.Adapters.DynamoDb;
using DataToEvents.Adapters.Tests.Contracts;
using DataToEvents.Application.EventResponder;
using DataToEvents.Domain;
using DataToEvents.Emulator.Tests.Http.Contract;

namespace DataToEvents.Adapters.Tests.DynamoDb;

[NeedsDynamoDbLocal]
[Collection(nameof(DynamoDbLocal))]
public sealed class DynamoDbStreamViewTests(DynamoDbLocal local) : StreamViewContract
{
    private string _table = "";
    private DynamoDbStreamView? _view;

    protected override IStreamView View => _view ??= Open();

    protected override IViewQueries Queries => _view ??= Open();

    public override async Task InitializeAsync() => _table = await local.CreateTableAsync();

    [ContractFact]
    public async Task Events_of_one_stream_that_come_at_once_are_all_counted()
    {
        var views = new[] { Open(), Open() };

        var applied = await Task.WhenAll(Enumerable.Range(0, 12).Select(number =>
            views[number % 2].ApplyAsync(Some.Event(id: $"e-{number}"), $"{number}", default)));

        applied.Should().OnlyContain(wasNew => wasNew);
        var summary = await Queries.SummaryAsync(default);
        (summary.Events, summary.Streams).Should().Be((12, 1));
        var stream = await Queries.StreamAsync(new StreamId("orders-1"), default);
        (stream!.Events, DataEvent.Parse(stream.Latest).Id.Value).Should().Be((12, "e-11"));
    }

    [ContractFact]
    public async Task More_big_events_than_one_answer_holds_are_listed_all()
    {
        const int Count = 110;
        var data = $"\"{new string('x', 200_000)}\"";
        for (var number = 0; number < Count; number++)
        {
            await View.ApplyAsync(Some.Event($"s-{number}", data: data), "1", default);
        }

        var listed = await Queries.EventsAsync(default, null, Count, default).ToListAsync();

        listed.Select(entry => DataEvent.Parse(entry.Envelope).Stream.Value).Should().Equal(Enumerable.Range(0, Count).Reverse().Select(number => $"s-{number}"));
    }

    [ContractFact]
    public async Task A_sequence_that_is_no_digits_is_refused_before_anything_is_written()
    {
        var apply = () => View.ApplyAsync(Some.Event(), "1a", default);

        await apply.Should().ThrowAsync<FormatException>().WithMessage("*1a*");
        (await Queries.SummaryAsync(default)).Events.Should().Be(0);
    }

    private DynamoDbStreamView Open() =>
        new(local.Client, new StreamViewOptions(new DynamoDbOptions(_table, DynamoDbOptions.ViewVariable), shards: 4), TimeProvider.System, new Random(7));
}
