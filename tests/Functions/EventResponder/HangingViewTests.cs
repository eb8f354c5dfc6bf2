using System.Runtime.CompilerServices;
using Amazon.Lambda.APIGatewayEvents;
using DataToEvents.Application.EventResponder;
using DataToEvents.Domain;
using DataToEvents.Emulator.Delivery;
using DataToEvents.Emulator.Lambda;
using DataToEvents.Functions.EventResponder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace DataToEvents.Functions.Tests.EventResponder;

/// <summary>The view never answers. The function reports it itself, before Lambda ends the function without a reason.</summary>
public sealed class HangingViewTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly HangingView _view = new();

    [Fact]
    public async Task An_event_whose_view_hangs_is_an_error_of_the_function_within_its_time()
    {
        var function = InProcessFunction.Create<EventBridgeEvent>(Options, Services.GetRequiredService<EventResponderFunction>().Respond, new EventResponderSerializer(), Host);

        await EndsInTimeAsync(function.ErrorAsync(
            """{"id":"1","detail-type":"DataInserted","detail":{"specversion":"1.0","id":"e","source":"urn:test","type":"t","subject":"s","time":"2026-11-24T12:00:00Z","dtesequence":"1","data":1}}"""));
    }

    [Fact]
    public async Task A_request_whose_view_hangs_is_an_error_of_the_function_within_its_time()
    {
        var function = InProcessFunction.Create<APIGatewayHttpApiV2ProxyRequest, APIGatewayHttpApiV2ProxyResponse>(
            Options, Services.GetRequiredService<ApiFunction>().Browse, new EventResponderSerializer(), Host);

        await EndsInTimeAsync(function.ErrorAsync("""{"version":"2.0","routeKey":"GET /"}"""));
    }

    private static FunctionOptions Options => new("EventResponder") { Timeout = TimeSpan.FromSeconds(10) };

    private FunctionHost Host => new(_clock, new Random(1), new SilentLog());

    private ServiceProvider Services => new ServiceCollection()
        .AddSingleton<TimeProvider>(_clock).AddEventResponder(new ResponderOptions()).AddSingleton<IStreamView>(_view).AddSingleton<IViewQueries>(_view).AddSingleton<IPayloadReader, NoPayloadReader>().BuildServiceProvider();

    private async Task EndsInTimeAsync(Task<FunctionError> invocation)
    {
        await _view.Asked;
        _clock.Advance(TimeSpan.FromSeconds(9));

        var error = await invocation;
        error.Type.Should().Contain(nameof(TimeoutException));
        error.Message.Should().Contain("within 9.0 s");
    }

    private sealed class HangingView : IStreamView, IViewQueries
    {
        private readonly TaskCompletionSource _asked = new();

        public Task Asked => _asked.Task;

        public Task<bool> ApplyAsync(DataEvent received, string sequence, CancellationToken cancellationToken) => HangAsync<bool>(cancellationToken);

        public Task<ViewSummary> SummaryAsync(CancellationToken cancellationToken) => HangAsync<ViewSummary>(cancellationToken);

        public Task<StreamSummary?> StreamAsync(StreamId stream, CancellationToken cancellationToken) => HangAsync<StreamSummary?>(cancellationToken);

        public bool HasLookups => true;

        public IAsyncEnumerable<ListedEvent> HistoryAsync(StreamId stream, string? after, int limit, CancellationToken cancellationToken) => EventsAsync(default, after, limit, cancellationToken);

        public IAsyncEnumerable<ListedEvent> WithIdAsync(EventId id, string? source, string? after, int limit, CancellationToken cancellationToken) => EventsAsync(default, after, limit, cancellationToken);

        public async IAsyncEnumerable<ListedEvent> EventsAsync(EventSelection selection, string? before, int limit, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            yield return await HangAsync<ListedEvent>(cancellationToken);
        }

        private Task<T> HangAsync<T>(CancellationToken cancellationToken)
        {
            _asked.SetResult();
            return new TaskCompletionSource<T>().Task.WaitAsync(cancellationToken);
        }
    }

    private sealed class NoPayloadReader : IPayloadReader
    {
        public Task<ReadOnlyMemory<byte>?> GetAsync(string name, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
