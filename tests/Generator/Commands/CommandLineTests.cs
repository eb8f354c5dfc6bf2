using DataToEvents.Commands;
using DataToEvents.Generator.Commands;
using DataToEvents.Generator.Sending;
using DataToEvents.Generator.Tests.Sending;
using DataToEvents.Load;
using DataToEvents.Load.Ledger;
using DataToEvents.Load.Records;
using Spectre.Console;

namespace DataToEvents.Generator.Tests.Commands;

public sealed class CommandLineTests
{
    private readonly StringWriter _screen = new();
    private readonly StringWriter _error = new();
    private readonly StringWriter _lines = new();
    private readonly MemoryStream _output = new();

    [Theory]
    [InlineData("send --count 10 --rate 0", "--rate '0'", "over 0")]
    [InlineData("send --count none", "--count 'none'", "a whole number from 1")]
    [InlineData("send --count 0", "--count '0'", "from 1")]
    [InlineData("send", "--count or --duration", "required")]
    [InlineData("send --count 1 --families order,divice", "'order,divice'", "order,device,inventory,security")]
    [InlineData("send --count 1 --families order,order", "'order,order'", "each once")]
    [InlineData("send --count 1 --families order=0", "'order=0'", "weight of 1 to 1000")]
    [InlineData("send --count 1 --streams 3", "'3'", "at least one for each of the 4 families")]
    [InlineData("send --count 1 --skew uniform", "'uniform'", "zipf:S")]
    [InlineData("send --count 1 --skew zipf:0", "'zipf:0'", "over 0")]
    [InlineData("send --count 1 --size -1", "'-1'", "from 0 to 1000000")]
    [InlineData("send --count 1 --duration 10", "'10'", "s, m, h or d")]
    [InlineData("send --count 1 --duration 0s", "'0s'", "over 0s, at most 30d")]
    [InlineData("send --count 1 --duration 31d", "'31d'", "at most 30d")]
    [InlineData("send --count 1 --size 2MB", "'2MB'", "KB, MB, GB or TB")]
    [InlineData("send --count 1 --rate fast", "--rate 'fast'", "or max")]
    [InlineData("send --count 1 --poison 101", "'101'", "from 0 to 100")]
    [InlineData("send --count 1 --poison 60 --duplicates 60", "over 100", "up to 100 per cent")]
    [InlineData("send --count 1 --poison 1 --poison-kinds rude", "'rude'", "not-json,broken-utf8,empty,deep,large,oversize,unfit")]
    [InlineData("send --count 1 --poison-kinds empty", "--poison", "from 0 to 100")]
    [InlineData("send --count 1 --input nowhere.ndjson", "'nowhere.ndjson'", "a file that exists")]
    [InlineData("send --count 1 --catalog nowhere.json", "'nowhere.json'", "a file that exists")]
    [InlineData("send --count 1 --target sqs --pack 2", "--pack", "allowed: 1")]
    [InlineData("send --count 1 --target sqs --queue-name a/b", "'a/b'", "letters, digits")]
    [InlineData("send --count 1 --target sqs --queue a/b", "'a/b'", "letters, digits")]
    [InlineData("send --count 1 --delivery-stream a/b", "'a/b'", "letters, digits")]
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

    [Theory]
    [InlineData("verify --ledger run.ledger --data .data", "operator verify")]
    [InlineData("cost --rate 10", "operator cost")]
    [InlineData("reference --out docs", "operator reference")]
    public async Task A_command_that_moved_to_the_operator_is_one_line_that_says_so(string line, string instead)
    {
        var code = await RunAsync(line, _ => throw new InvalidOperationException("Bad input reaches no target."));

        code.Should().Be(2);
        _error.ToString().TrimEnd().Should().StartWith("generator: ").And.EndWith($"{instead}.").And.NotContain("\n");
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
        SendTarget? asked = null;

        await RunAsync("send --count 1 --endpoint-url http://127.0.0.1:9 --delivery-stream-name other", target =>
        {
            asked = target;
            return new FakeSink();
        });

        asked.Should().Be(new SendTarget(TargetKind.Firehose, new Uri("http://127.0.0.1:9"), "other"));
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
    public async Task Fewer_records_than_were_asked_for_are_no_success_even_if_all_that_there_were_was_delivered()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("generator-").FullName, "own.ndjson");
        await File.WriteAllTextAsync(file, "1\n2\n3\n");

        (await RunAsync($"send --input {file} --count 5", _ => new FakeSink())).Should().Be(1);
        (await RunAsync($"send --input {file} --count 3", _ => new FakeSink())).Should().Be(0);

        _error.ToString().TrimEnd().Should().Be("generator: 2 of 5 records were not delivered: there were no more");
    }

    [Theory]
    [InlineData(10L, null, 1)]
    [InlineData(10L, 1, 0)]
    [InlineData(null, 1, 0)]
    public void A_count_has_to_be_reached_unless_the_time_that_was_set_came_first(long? count, int? seconds, int exitCode)
    {
        var plan = new SendPlan(count, RecordsPerSecond: null, Concurrency: 1, seconds is { } length ? TimeSpan.FromSeconds(length) : null);

        RunOutcome.Of(new SendTotals(), plan, fault: null, stopped: false).ExitCode.Should().Be(exitCode);
    }

    [Fact]
    public async Task Nothing_listens_there_is_3_with_the_real_client()
    {
        // Port 9 (discard) of the loopback: nothing answers.
        var code = await RunAsync("send --count 1 --endpoint-url http://127.0.0.1:9", AwsConnection.Open);

        code.Should().Be(3);
        _error.ToString().Should().Contain("data-events-stream at http://127.0.0.1:9/").And.Contain("refused");
    }

    [Fact]
    public async Task Json_is_the_only_thing_on_standard_output()
    {
        var code = await RunAsync("send --count 30 --pack 2 --seed 7 --json", _ => new FakeSink());

        code.Should().Be(0);
        _screen.ToString().Should().BeEmpty();
        using var summary = JsonDocument.Parse(_lines.ToString());
        summary.RootElement.GetProperty("complete").GetBoolean().Should().BeTrue();
        (summary.RootElement.GetProperty("records").GetInt32(), summary.RootElement.GetProperty("events").GetInt32()).Should().Be((30, 60));
        summary.RootElement.GetProperty("seed").GetInt64().Should().Be(7);
    }

    [Fact]
    public async Task Poison_that_the_target_is_to_refuse_is_no_failure_but_is_told()
    {
        var code = await RunAsync("send --count 200 --poison 10 --poison-kinds oversize", _ => FakeSink.Of(sent =>
            sent.Record.Bytes.Length > FirehoseLimits.MaxRecordBytes ? PutAnswer.Refused("InvalidArgumentException: Too long.") : PutAnswer.Accepted));

        code.Should().Be(0);
        _screen.ToString().Should().MatchRegex(@"refused\s+\d+ \(poison");
    }

    [Fact]
    public async Task Own_records_are_sent_line_by_line_and_their_options_are_checked()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("generator-").FullName, "own.ndjson");
        await File.WriteAllTextAsync(file, "{\"a\":1}\r\n\n[2]\nplain text");
        var sink = new FakeSink();

        (await RunAsync($"send --input {file}", _ => sink)).Should().Be(0);
        (await RunAsync($"send --input {file} --poison 5", _ => sink)).Should().Be(2);

        sink.Calls.Single().Should().Equal("{\"a\":1}", "[2]", "plain text");
        _error.ToString().Should().Contain("--poison shapes generated records").And.Contain("allowed with it");
    }

    [Fact]
    public async Task The_ledger_holds_what_was_accepted_and_is_never_overwritten()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("generator-").FullName, "ledger.ndjson");

        (await RunAsync($"send --count 25 --seed 3 --ledger {file}", _ => new FakeSink())).Should().Be(0);
        (await RunAsync($"send --count 25 --seed 3 --ledger {file}", _ => new FakeSink())).Should().Be(2);

        _error.ToString().Should().Contain("never overwritten");
        var reader = new LedgerReader(File.OpenRead(file), file);
        reader.Entries().ToList().Should().HaveCount(25).And.OnlyContain(entry => entry.IsAccepted && entry.Position > 0);
        (reader.Head.Seed, reader.Head.Target, reader.End!.Records).Should().Be((3, "firehose", 25));
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

    private Task<int> RunAsync(string line, Func<SendTarget, IRecordSink> connect)
    {
        var screen = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Interactive = InteractionSupport.No, Out = new AnsiConsoleOutput(_screen) });
        var terminal = new Terminal("generator", screen, _lines, _error, TimeProvider.System, new Random(1)) { Bytes = _output };
        return GeneratorCommandLine.RunAsync(line.Split(' ', StringSplitOptions.RemoveEmptyEntries), terminal, connect);
    }
}
