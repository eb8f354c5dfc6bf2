using Amazon.Lambda.Core;
using Amazon.Lambda.KinesisFirehoseEvents;
using DataToEvents.Application.Lanes;
using DataToEvents.Application.Transformer;
using DataToEvents.Domain;
using DataToEvents.Domain.Catalog;
using DataToEvents.Functions.Transformer;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace DataToEvents.Functions.Tests.Transformer;

/// <summary>The Transformer keeps its bytes in pooled arrays until its answer is written. In tests, PooledArrays overwrites each array that is returned.</summary>
public sealed class LentBytesTests
{
    private static readonly EventCatalog Catalog = EventCatalog.Parse("""{"source":"urn:test","unclassified":{"type":"data.unclassified","shards":1},"events":[]}"""u8.ToArray());

    private readonly FirehoseSerializer _json = new();
    private readonly HeldQueue _queue = new();

    [Fact]
    public async Task A_handler_that_was_given_up_keeps_its_bytes_while_others_answer()
    {
        var givenUp = HandleAsync("first");
        var sent = await _queue.Held;

        for (var i = 0; i < 20; i++)
        {
            _queue.IsOpen = true;
            Answer(await HandleAsync($"later {i}")).Should().Contain($"later {i}");
        }

        Encoding.UTF8.GetString(sent.Span).Should().Contain("first", "the queue's client may still read it");
        _queue.Release();
        Answer(await givenUp).Should().Contain("first");
    }

    [Fact]
    public async Task What_is_read_after_the_answer_is_rubbish()
    {
        _queue.IsOpen = true;
        var response = await HandleAsync("only");
        var envelope = _queue.Last;
        Encoding.UTF8.GetString(envelope.Span).Should().Contain("only");

        Answer(response);

        envelope.ToArray().Should().OnlyContain(value => value == 0xDB);
    }

    private Task<KinesisFirehoseResponse> HandleAsync(string text)
    {
        var services = new ServiceCollection().AddTransformer(Catalog, new TransformerOptions()).AddSingleton<IEventQueue>(_queue).AddSingleton<IPayloadStore, NoPayloads>();
        var function = services.BuildServiceProvider().GetRequiredService<TransformerFunction>();
        var data = Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
        var json = $$"""{"records":[{"recordId":"1","approximateArrivalTimestamp":1750000000000,"data":"{{data}}"}]}""";
        return function.Handle(_json.Deserialize<KinesisFirehoseEvent>(new MemoryStream(Encoding.UTF8.GetBytes(json))), Context());
    }

    private static ILambdaContext Context()
    {
        var context = Substitute.For<ILambdaContext>();
        context.RemainingTime.Returns(TimeSpan.FromSeconds(30));
        return context;
    }

    /// <summary>The record's line.</summary>
    private string Answer(KinesisFirehoseResponse response)
    {
        using var stream = new MemoryStream();
        _json.Serialize(response, stream);
        using var answer = JsonDocument.Parse(stream.ToArray());
        return Encoding.UTF8.GetString(answer.RootElement.GetProperty("records")[0].GetProperty("data").GetBytesFromBase64());
    }

    /// <summary>Holds its first call until it is released, and takes the others at once.</summary>
    private sealed class HeldQueue : IEventQueue
    {
        private readonly TaskCompletionSource _released = new();
        private readonly TaskCompletionSource<ReadOnlyMemory<byte>> _held = new();

        public bool IsOpen { get; set; }

        public ReadOnlyMemory<byte> Last { get; private set; }

        /// <summary>The envelope of the held call.</summary>
        public Task<ReadOnlyMemory<byte>> Held => _held.Task;

        public void Release() => _released.SetResult();

        public async Task<IReadOnlyList<Attempt>> SendAsync(IReadOnlyList<DataEvent> batch, CancellationToken cancellationToken)
        {
            Last = batch[0].Envelope;
            if (!IsOpen)
            {
                _held.SetResult(batch[0].Envelope);
                await _released.Task;
            }

            return [Attempt.Done];
        }
    }
}
