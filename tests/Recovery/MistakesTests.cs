namespace DataToEvents.Recovery.Tests;

/// <summary>What a person types wrongly is answered with one line: what was wrong, where, and what to do. No text of the SDK or of .NET is in it.</summary>
public sealed class MistakesTests
{
    private static readonly string[] Foreign = ["RegionEndpoint", "inner exception", "Exception", "System.", "Unrecognized command or argument", "LocalizationResources", " at DataToEvents"];

    [Theory]
    [InlineData("", "needs a command", "Allowed: status,")]
    [InlineData("statsu", "'statsu' is not a command of", "did you mean status?")]
    [InlineData("--hlep", "'--hlep' is not an option of", "did you mean --help?")]
    [InlineData("status --dta .data", "'--dta' is not an option of", "did you mean --data?")]
    [InlineData("status --regin eu-north-1", "did you mean --region?", "Allowed: --watch, --interval, the options of `")]
    [InlineData("status --data nowhere", "--data 'nowhere' does not exist", "allowed:")]
    [InlineData("status --data", "--data needs a value", "The data directory")]
    [InlineData("status --endpoint-url localhost:5080", "--endpoint-url 'localhost:5080'", "http or https URL")]
    [InlineData("status --endpoint-url http://127.0.0.1:1 --data .", "two places", "allowed:")]
    [InlineData("status --interval often", "--interval 'often'", "s, m, h or d, as in 90s, or seconds without a unit; from 1s, at most 1h")]
    [InlineData("status --interval 2h", "--interval '2h'", "at most 1h")]
    [InlineData("probe bus --wait soon", "--wait 'soon'", "s, m, h or d, as in 90s, or seconds without a unit; from 1s, at most 1h")]
    [InlineData("probe bus --wait 0s", "--wait '0s'", "from 1s")]
    [InlineData("on-failure recover --lag 15d", "--lag '15d'", "at most 14d")]
    [InlineData("on-failure recover --lag 1w", "--lag '1w'", "s, m, h or d")]
    [InlineData("release start --duration 10", "--duration '10'", "s, m, h or d, as in 90s; from 0s, at most 4h")]
    [InlineData("release start --duration 5h", "--duration '5h'", "at most 4h")]
    [InlineData("release start --minutes 241", "--minutes '241'", "from 0 to 240")]
    [InlineData("release start --duration 5m --minutes 5 --region eu-north-1", "--duration and --minutes", "one of them")]
    [InlineData("failed list --unpacked-limit much", "--unpacked-limit 'much'", "KB, MB, GB or TB, as in 64KB")]
    [InlineData("failed list --unpacked-limit 2GB", "--unpacked-limit '2GB'", "from 1000 to 1000000000")]
    [InlineData("status now", "'now' is one word too many", "Allowed: --watch")]
    [InlineData("failed", "needs a command", "Allowed: list, show, reingest")]
    [InlineData("failed lsit", "'lsit' is not a command of", "did you mean list?")]
    [InlineData("failed show", "needs <object>", "handle or key")]
    [InlineData("failed reingest --catalog nowhere.json", "--catalog 'nowhere.json'", "a file that exists")]
    [InlineData("dead-letters list", "needs <of>", "queue: what EventStorer did not store")]
    [InlineData("dead-letters list qeue", "'qeue' is not a <of> of", "did you mean queue?")]
    [InlineData("dead-letters show queue", "needs <id>", "A message id")]
    [InlineData("replay", "--from is required", "earliest time")]
    [InlineData("replay --from", "--from needs a value", "2h")]
    [InlineData("replay --from yesterday", "--from 'yesterday'", "90s, 30m, 2h or 1d")]
    [InlineData("replay --from 90", "--from '90'", "90s, 30m, 2h or 1d")]
    [InlineData("replay --from 1.5", "--from '1.5'", "90s, 30m, 2h or 1d")]
    [InlineData("replay --from 2h --source tape", "--source 'tape'", "store or lake or archive")]
    [InlineData("replay --from 2h --rate 0", "--rate '0'", "a number over 0, at most 1000000, or max")]
    [InlineData("events", "needs a command", "Allowed: get, list, tail")]
    [InlineData("events get", "needs <id>", "The event's id")]
    [InlineData("events get e-1 e-2", "'e-2' is one word too many", "Allowed: --stream")]
    [InlineData("events list", "--stream is required", "The stream")]
    [InlineData("events list --stream s --limit 0", "--limit '0'", "from 1 to 100000")]
    [InlineData("events tail --tpye order", "'--tpye' is not an option of", "did you mean --type?")]
    [InlineData("capture", "--from is required", "earliest time")]
    [InlineData("capture --from 2h --ids new", "--ids 'new'", "keep or renew")]
    [InlineData("capture --from 2h --mask nowhere.json", "--mask 'nowhere.json'", "a file that exists")]
    [InlineData("quarantine release --all --yess", "'--yess' is not an option of", "did you mean --yes?")]
    [InlineData("verify", "--ledger is required", "generator send --ledger")]
    [InlineData("verify --wait 31d", "--wait '31d'", "or seconds without a unit; from 0s, at most 30d")]
    [InlineData("verify --ledger nowhere", "--ledger 'nowhere'", "a file that exists")]
    [InlineData("lake", "needs a command", "Allowed: query, tables")]
    [InlineData("lake query", "needs <SQL>", "One query")]
    [InlineData("lake query SELECT 1", "'1' is one word too many", "Allowed: --limit")]
    [InlineData("lake query DROP --region eu-north-1", "the SQL begins with 'DROP'", "SELECT, WITH or VALUES")]
    [InlineData("lake query SELECT --limit 0", "--limit '0'", "from 1 to 1000000")]
    [InlineData("lake query SELECT --data nowhere", "--data 'nowhere' does not exist", "allowed:")]
    [InlineData("lake query SELECT --data .", "is not a data directory", "--data DIR")]
    [InlineData("lake query SELECT --workgruop ours", "'--workgruop' is not an option of", "did you mean --workgroup?")]
    public async Task A_mistake_is_answered_with_one_line_and_exit_code_2(string line, string wrong, string what)
    {
        var answer = await OperatorShell.RunAsync(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        answer.ExitCode.Should().Be(2, "{0}{1}", answer.Output, answer.Errors);
        answer.Output.Should().BeEmpty();
        ShouldBeOneLine(answer, wrong, what);
    }

    [Theory]
    [InlineData("status")]
    [InlineData("failed list")]
    [InlineData("dead-letters list queue")]
    [InlineData("events get e-1")]
    [InlineData("capture --from 1h")]
    [InlineData("lake query SELECT")]
    public async Task Where_nobody_answers_the_line_says_so_and_names_the_ways(string line)
    {
        var answer = await OperatorShell.RunAsync([.. line.Split(' '), "--endpoint-url", "http://127.0.0.1:1"]);

        answer.ExitCode.Should().Be(3);
        ShouldBeOneLine(answer, "127.0.0.1:1", "--data DIR");
    }

    [Fact]
    public async Task Help_shows_defaults_as_they_are_typed()
    {
        var help = (await OperatorShell.RunAsync("replay", "--help")).Output;

        help.Should().Contain("[default: now]").And.NotContain("Moment");
    }

    private static void ShouldBeOneLine(CommandResult answer, string wrong, string what)
    {
        answer.Errors.TrimEnd('\n').Should().StartWith("operator: ").And.Contain(wrong).And.Contain(what).And.NotContain("\n");
        foreach (var foreign in Foreign)
        {
            answer.Errors.Should().NotContain(foreign);
        }
    }
}
