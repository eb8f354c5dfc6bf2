using DataToEvents.Emulator.Lambda;

namespace DataToEvents.Functions.Tests.Runtime;

/// <summary>Each function checks at its start that its queue, table or bus exists.</summary>
public sealed class StartCheckTests : IDisposable
{
    private readonly FakeAwsServer _aws = new();

    private readonly string _catalog = Path.GetTempFileName();

    public void Dispose()
    {
        _aws.Dispose();
        File.Delete(_catalog);
    }

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

    [Theory]
    [InlineData("", "", "The catalog has masks with \"hash\" or \"token\", which need a key, and there is none. Set MASK_KEY_PARAMETER to the name of a SecureString in SSM Parameter Store (Terraform does with functions.mask_key), or MASK_KEY to the key.")]
    [InlineData("MASK_KEY", "too short", "The key for masks is too short: it must have at least 16 bytes. It is in MASK_KEY.")]
    public async Task A_catalog_with_keyed_masks_needs_a_key(string name, string value, string message)
    {
        var start = () => FunctionStart.OfAsync("Transformer", Masking((name, value)));

        (await start.Should().ThrowAsync<FunctionInitException>()).Which.Error!.Message.Should().Be(message);
    }

    [Fact]
    public async Task A_key_that_cannot_be_read_is_named_by_the_error_of_the_start()
    {
        var answering = _aws.RefuseAsync(HttpStatusCode.BadRequest, "ParameterNotFound");

        var start = () => FunctionStart.OfAsync("Transformer", Masking(("MASK_KEY_PARAMETER", "/events/mask-key")));

        (await start.Should().ThrowAsync<FunctionInitException>()).Which.Error!.Message.Should().Be("The parameter /events/mask-key in SSM Parameter Store cannot be read: ParameterNotFound: said the service");
        await answering;
    }

    [Fact]
    public async Task A_key_in_Parameter_Store_is_taken()
    {
        var asked = _aws.AnswerAsync("""{"Parameter":{"Name":"/events/mask-key","Type":"SecureString","Value":"a key of sixteen bytes","Version":1}}""");
        var queue = asked.ContinueWith(_ => _aws.RefuseAsync(HttpStatusCode.BadRequest, "com.amazonaws.sqs#QueueDoesNotExist"), TaskScheduler.Default).Unwrap();

        var start = () => FunctionStart.OfAsync("Transformer", Masking(("MASK_KEY_PARAMETER", "/events/mask-key")));

        (await start.Should().ThrowAsync<FunctionInitException>()).Which.Error!.Message.Should().StartWith("There is no queue");
        (await asked).Should().Be("""AmazonSSM.GetParameter {"Name":"/events/mask-key","WithDecryption":true}""");
        await queue;
    }

    private Dictionary<string, string> Masking((string Name, string Value) setting)
    {
        File.WriteAllText(_catalog, """{"source":"s","events":[{"type":"t","match":[{"pointer":"/o"}],"stream":"/o","mask":[{"pointer":"/email","how":"hash"}]}]}""");
        var environment = FunctionStart.Environment(_aws.Url);
        environment["CATALOG_PATH"] = _catalog;
        if (setting.Name.Length > 0)
        {
            environment[setting.Name] = setting.Value;
        }

        return environment;
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
