namespace DataToEvents.Functions.Tests.Runtime;

/// <summary>The lines that a function's process writes for Lambda.</summary>
public sealed class LogLineTests : IDisposable
{
    private const string TraceId = "0af7651916cd43dd8448eb211c80319c";
    private const string Invocation = "Root=1-11111111-222222222222222222222222;Parent=3333333333333333;Sampled=0";

    private readonly FakeAwsServer _aws = new();
    private readonly CollectedLines _lines = new();

    public void Dispose() => _aws.Dispose();

    [Fact]
    public async Task A_line_about_an_event_is_one_object_with_the_events_id_stream_and_trace_and_the_invocations_own()
    {
        var busy = _aws.RefuseAsync(HttpStatusCode.InternalServerError, "InternalFailure", times: 2);
        var environment = FunctionStart.Environment(_aws.Url);
        environment["AWS_LAMBDA_LOG_FORMAT"] = "JSON";
        await using (var function = await FunctionStart.OfAsync("Transformer", environment, _lines))
        {
            await busy;
            var answer = await function.InvokeAsync(Encoding.UTF8.GetBytes(Batch(TooBig)), Invocation, CancellationToken.None);
            Encoding.UTF8.GetString(answer.Payload.Span).Should().Contain("ProcessingFailed");
        }

        // Disposing waits for the end of the process, so all its lines are there.
        // Amazon's bootstrap also writes a line for the text that the function wrote to Console.Error at its start.
        var said = _lines.All.Where(line => line.Contains("\"level\":\"Warning\"", StringComparison.Ordinal)).Should().ContainSingle().Subject;
        var line = JsonDocument.Parse(said).RootElement;
        line.GetProperty("EventId").GetString().Should().Be("huge");
        line.GetProperty("Stream").GetString().Should().Be("hostile");
        line.GetProperty("EventTrace").GetString().Should().Be(TraceId);
        line.GetProperty("RecordId").GetString().Should().Be("record-1");
        line.GetProperty("message").GetString().Should().StartWith("Record record-1 failed: ").And.EndWith($"(event huge of stream hostile, trace {TraceId})");
        line.GetProperty("requestId").GetString().Should().NotBeNullOrEmpty();
        line.GetProperty("traceId").GetString().Should().Be(Invocation);
        said.Should().NotContain("José");
    }

    /// <summary>It fails because its envelope is over the limit even without its payload.</summary>
    private static string TooBig =>
        $$"""{"specversion":"1.0","id":"huge","source":"/tests","type":"t","subject":"hostile","time":"2026-11-24T12:00:00Z","traceparent":"00-{{TraceId}}-b7ad6b7169203331-01","ext":"{{new string('x', 250_000)}}","data":"José"}""";

    private static string Batch(string record) =>
        $$"""{"invocationId":"i","deliveryStreamArn":"arn:aws:firehose:us-east-1:1:deliverystream/s","region":"us-east-1","records":[{"recordId":"record-1","approximateArrivalTimestamp":1764000000000,"data":"{{Convert.ToBase64String(Encoding.UTF8.GetBytes(record))}}"}]}""";
}
