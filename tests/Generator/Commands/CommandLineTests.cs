using System.Text;
using DataToEvents.Generator.Commands;
using DataToEvents.Generator.Records;
using DataToEvents.Generator.Sending;
using DataToEvents.Generator.Tests.Sending;
using Spectre.Console;

namespace DataToEvents.Generator.Tests.Commands;

public sealed class CommandLineTests
{
    private readonly StringWriter _screen = new();
    private readonly StringWriter _error = new();
    private readonly MemoryStream _output = new();

    [Theory]
    [InlineData("send --count 10 --rate 0", "--rate '0'", "over 0")]
    [InlineData("send --count none", "--count 'none'", "a whole number from 1")]
    [InlineData("send --count 0", "--count '0'", "from 1")]
    [InlineData("send", "--count", "required")]
    [InlineData("send --count 1 --families order,divice", "'order,divice'", "order,device,inventory,security")]
    [InlineData("send --count 1 --families order,order", "'order,order'", "each once")]
    [InlineData("send --count 1 --envelope xml", "'xml'", "none or cloudevents")]
    [InlineData("send --count 1 --pack 501", "'501'", "from 1 to 500")]
    [InlineData("send --count 1 --target kafka", "'kafka'", "firehose")]
    [InlineData("send --count 1 --endpoint-url localhost:5080", "'localhost:5080'", "http or https")]
    [InlineData("send --count 1 --delivery-stream-name a/b", "'a/b'", "letters, digits")]
    [InlineData("send --count 1 --concurrency 0", "'0'", "from 1 to 64")]
    [InlineData("send --count 1 --colour red", "'--colour'", "--concurrency")]
    [InlineData("deliver", "'deliver'", "send, preview, families")]
    [InlineData("", "command", "send, preview, families")]
    public async Task Bad_input_is_one_line_that_says_what_is_wrong_and_what_is_allowed(string line, string wrong, string allowed)
    {
        var code = await RunAsync(line, _ => throw new InvalidOperationException("Bad input reaches no target."));

        code.Should().Be(2);
        _error.ToString().TrimEnd().Should().StartWith("generator: ").And.Contain(wrong).And.Contain(allowed).And.NotContain("\n");
    }

    [Fact]
    public async Task A_run_that_delivered_everything_ends_with_its_summary_and_success()
    {
        var sink = new FakeSink();

        var code = await RunAsync("send --count 1200 --pack 2 --seed 7 --endpoint-url http://127.0.0.1:5080", _ => sink);

        code.Should().Be(0);
        _error.ToString().Should().BeEmpty();
        _screen.ToString().Should().Contain("1,200 of 1,200").And.MatchRegex(@"events\s+2,400").And.MatchRegex(@"seed\s+7");
        sink.Calls.SelectMany(call => call).Should().HaveCount(1_200);
    }

    [Fact]
    public async Task What_is_sent_is_what_the_library_makes_of_the_options()
    {
        var sink = new FakeSink();

        await RunAsync("send --count 6 --families device,order --envelope cloudevents --seed 3", _ => sink);

        var expected = new RecordGenerator(new RecordOptions { Seed = 3, Families = ["device", "order"], CloudEvents = true });
        sink.Calls.Single().Should().Equal(Enumerable.Range(0, 6).Select(i => Encoding.UTF8.GetString(expected.Record(i).Span)));
    }

    [Fact]
    public async Task Target_and_delivery_stream_are_taken_from_the_options()
    {
        FirehoseTarget? asked = null;

        await RunAsync("send --count 1 --endpoint-url http://127.0.0.1:9 --delivery-stream-name other", target =>
        {
            asked = target;
            return new FakeSink();
        });

        asked.Should().Be(new FirehoseTarget(new Uri("http://127.0.0.1:9"), "other"));
    }

    [Fact]
    public async Task A_target_that_cannot_be_used_is_3_with_the_cause()
    {
        var code = await RunAsync("send --count 10", _ => new FakeSink((_, _) => throw new TargetException(TargetFault.Refused, "UnrecognizedClientException: The token is invalid.")));

        code.Should().Be(3);
        _error.ToString().Should().Contain("10 of 10 records were not delivered: UnrecognizedClientException");
    }

    [Fact]
    public async Task Credentials_that_the_SDK_does_not_find_are_3_too()
    {
        var code = await RunAsync("send --count 10", _ => throw new TargetException(TargetFault.Refused, "Failed to resolve AWS credentials."));

        code.Should().Be(3);
        _error.ToString().Should().Contain("Failed to resolve AWS credentials.");
    }

    [Fact]
    public async Task Partial_delivery_is_never_success()
    {
        var code = await RunAsync("send --count 600", _ => new FakeSink((call, _) => call > 1 ? throw new TargetException(TargetFault.Refused, "Gone.") : null));

        code.Should().Be(1);
        _error.ToString().Should().Contain("100 of 600 records were not delivered: Gone.");
        _screen.ToString().Should().Contain("500 of 600");
    }

    [Fact]
    public async Task Nothing_listens_there_is_3_with_the_real_client()
    {
        // Port 9 (discard) of the loopback: nothing answers.
        var code = await RunAsync("send --count 1 --endpoint-url http://127.0.0.1:9", FirehoseConnection.Open);

        code.Should().Be(3);
        _error.ToString().Should().Contain("data-events-stream at http://127.0.0.1:9/").And.Contain("refused");
    }

    [Fact]
    public async Task Preview_prints_the_records_themselves()
    {
        var code = await RunAsync("preview --count 3 --seed 5", _ => new FakeSink());

        code.Should().Be(0);
        var generator = new RecordGenerator(new RecordOptions { Seed = 5 });
        Encoding.UTF8.GetString(_output.ToArray()).Should().Be(
            string.Concat(Enumerable.Range(0, 3).Select(i => Encoding.UTF8.GetString(generator.Record(i).Span) + "\n")));
    }

    [Fact]
    public async Task Families_are_listed_with_their_pointers()
    {
        var code = await RunAsync("families", _ => new FakeSink());

        code.Should().Be(0);
        _screen.ToString().Should().ContainAll("order", "device", "inventory", "security", "/orderId", "/actor/accountId");
    }

    private Task<int> RunAsync(string line, Func<FirehoseTarget, IRecordSink> connect)
    {
        var screen = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Interactive = InteractionSupport.No, Out = new AnsiConsoleOutput(_screen) });
        var terminal = new Terminal(screen, _output, _error, TimeProvider.System, new Random(1));
        return CommandLine.RunAsync(line.Split(' ', StringSplitOptions.RemoveEmptyEntries), terminal, connect);
    }
}
