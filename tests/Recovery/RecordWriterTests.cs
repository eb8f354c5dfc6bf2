using Amazon.KinesisFirehose;
using Amazon.KinesisFirehose.Model;
using Amazon.Runtime;
using DataToEvents.Recovery.Publishing;

namespace DataToEvents.Recovery.Tests;

public sealed class RecordWriterTests
{
    private readonly LeapingClock _clock = new();

    [Fact]
    public async Task A_delivery_stream_that_is_busy_is_asked_until_patience_ends()
    {
        using var firehose = new FailingFirehose("ServiceUnavailableException", HttpStatusCode.ServiceUnavailable);

        var results = await PutAsync(firehose);

        results.Should().OnlyContain(result => result.StartsWith("the time budget was used up", StringComparison.Ordinal) && result.EndsWith("told to", StringComparison.Ordinal));
        _clock.Waited.Should().BeGreaterThanOrEqualTo(BusWriter.Patience);
    }

    [Fact]
    public async Task A_delivery_stream_that_is_not_there_is_told_at_once()
    {
        using var firehose = new FailingFirehose("ResourceNotFoundException", HttpStatusCode.BadRequest);

        var results = await PutAsync(firehose);

        results.Should().HaveCount(2).And.OnlyContain(result => result == "ResourceNotFoundException: told to");
        firehose.Calls.Should().Be(3, "the two go together, then each alone");
    }

    private async Task<List<string>> PutAsync(FailingFirehose firehose)
    {
        var writer = new RecordWriter(firehose, "events", _clock, new Random(1));
        var results = await writer.PutAsync([new OutgoingRecord("a", "1"u8.ToArray()), new OutgoingRecord("b", "2"u8.ToArray())]);
        return [.. results.Select(result => result.Reason!)];
    }

    private sealed class FailingFirehose(string code, HttpStatusCode status) : AmazonKinesisFirehoseClient(new AnonymousAWSCredentials(), Amazon.RegionEndpoint.EUNorth1)
    {
        public int Calls { get; private set; }

        public override Task<PutRecordBatchResponse> PutRecordBatchAsync(PutRecordBatchRequest request, CancellationToken cancellationToken = default)
        {
            Calls++;
            throw new AmazonKinesisFirehoseException("told to", null, ErrorType.Sender, code, "request-1", status);
        }
    }
}
