using DataToEvents.Emulator.Lambda;

namespace DataToEvents.Functions.Tests.Runtime;

/// <summary>A function with a wrong setting fails at its start, and names the variable to correct over the Runtime API.</summary>
public sealed class FunctionRuntimeTests
{
    [Theory]
    [InlineData("Transformer", "QUEUE_URL", null)]
    [InlineData("Transformer", "QUEUE_URL", "data-events-queue")]
    [InlineData("Transformer", "PAYLOAD_BUCKET", null)]
    [InlineData("Transformer", "INLINE_LIMIT", "much")]
    [InlineData("Transformer", "INLINE_LIMIT", "250001")]
    [InlineData("Transformer", "UNPACKED_LIMIT", "999")]
    [InlineData("EventStorer", "TABLE_NAME", null)]
    [InlineData("EventStorer", "QUARANTINE_BUCKET", "Not A Bucket")]
    [InlineData("EventStorer", "DEAD_LETTER_QUEUE_URL", "https://sqs.test/1/standard")]
    [InlineData("EventStorer", "KEEP_DAYS", "-1")]
    [InlineData("IntegrationEventEmitter", "EVENT_BUS_NAME", null)]
    [InlineData("EventResponder", "VIEW_TABLE_NAME", null)]
    [InlineData("EventResponder", "HANDLE_REPLAYS", "perhaps")]
    public async Task A_missing_or_malformed_variable_is_named_by_the_error_of_the_start(string function, string variable, string? value)
    {
        var environment = FunctionStart.Environment("http://127.0.0.1:1");
        environment.Remove(variable);
        if (value is not null)
        {
            environment[variable] = value;
        }

        var start = () => FunctionStart.OfAsync(function, environment);

        (await start.Should().ThrowAsync<FunctionInitException>()).Which.Error!.Message.Should().Contain(variable);
    }

    [Theory]
    [InlineData("Nobody", "*ANNOTATIONS_HANDLER is \"Nobody\"*Respond*Browse*")]
    [InlineData(null, "*ANNOTATIONS_HANDLER is not set*Respond*Browse*")]
    public async Task A_name_of_no_handler_is_an_error_of_the_start_that_lists_the_names(string? handler, string message)
    {
        var start = () => FunctionStart.OfAsync("EventResponder", FunctionStart.Environment("http://127.0.0.1:1"), handler);

        (await start.Should().ThrowAsync<FunctionInitException>()).Which.Error!.Message.Should().Match(message);
    }
}
