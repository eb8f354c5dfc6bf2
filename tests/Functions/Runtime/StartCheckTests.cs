using DataToEvents.Emulator.Lambda;

namespace DataToEvents.Functions.Tests.Runtime;

/// <summary>Each function looks at its start for what it works on.</summary>
public sealed class StartCheckTests : IDisposable
{
    private readonly FakeAwsServer _aws = new();

    public void Dispose() => _aws.Dispose();

    [Theory]
    [InlineData("Transformer", "com.amazonaws.sqs#QueueDoesNotExist", "There is no queue */q.fifo (QUEUE_URL).")]
    [InlineData("EventStorer", "com.amazonaws.dynamodb.v20120810#ResourceNotFoundException", "There is no table data-events (TABLE_NAME).")]
    [InlineData("IntegrationEventEmitter", "ResourceNotFoundException", "There is no event bus data-events-bus (EVENT_BUS_NAME).")]
    [InlineData("EventResponder", "com.amazonaws.dynamodb.v20120810#ResourceNotFoundException", "There is no table data-events-view (VIEW_TABLE_NAME).")]
    [InlineData("Transformer", "AccessDenied", "*said the service*")]
    public async Task What_is_not_there_or_not_allowed_is_the_error_of_the_start(string function, string code, string message)
    {
        var answering = _aws.RefuseAsync(HttpStatusCode.BadRequest, code);

        var start = () => FunctionStart.OfAsync(function, FunctionStart.Environment(_aws.Url));

        (await start.Should().ThrowAsync<FunctionInitException>()).Which.Error!.Message.Should().Match(message);
        await answering;
    }

    [Theory]
    [InlineData(HttpStatusCode.InternalServerError, "InternalFailure")]
    [InlineData(HttpStatusCode.BadRequest, "ThrottlingException")]
    public async Task A_service_that_is_busy_at_the_start_keeps_no_function_from_starting(HttpStatusCode status, string code)
    {
        var answering = _aws.RefuseAsync(status, code, times: 2);

        await using var function = await FunctionStart.OfAsync("Transformer", FunctionStart.Environment(_aws.Url));

        await answering;
    }

    [Fact]
    public async Task A_service_that_never_answers_is_named_by_the_error_of_the_start()
    {
        var asked = _aws.AskedAsync();

        var start = () => FunctionStart.OfAsync("EventStorer", FunctionStart.Environment(_aws.Url));

        (await start.Should().ThrowAsync<FunctionInitException>()).Which.Error!.Message.Should().StartWith("DynamoDB did not answer within 8 seconds.");
        await asked;
    }
}
