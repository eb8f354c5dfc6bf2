using DataToEvents.Recovery.Checkup;
using DataToEvents.Recovery.DeadLetters;
using DataToEvents.Recovery.Releasing;
using DataToEvents.Recovery.Targets;
using DataToEvents.Recovery.Tests.Releasing;

namespace DataToEvents.Recovery.Tests;

public sealed class DoctorTests : Bed
{
    private const string Redrive = """{"deadLetterTargetArn":"arn:aws:sqs:eu-north-1:1:data-events-dlq.fifo","maxReceiveCount":100}""";

    private static readonly Dictionary<string, string> Sound = new()
    {
        ["ApproximateNumberOfMessages"] = "0",
        ["DeduplicationScope"] = "messageGroup",
        ["FifoThroughputLimit"] = "perMessageGroupId",
        ["RedrivePolicy"] = Redrive,
        ["MessageRetentionPeriod"] = "1209600",
    };

    [Fact]
    public async Task A_path_that_is_well_has_no_finding_but_ok()
    {
        await Path.PutAsync(Order(1));
        await Path.SettleAsync();

        var doctor = await OperatorAsync("doctor", "--json");

        var findings = doctor.Json.GetProperty("findings").EnumerateArray().ToList();
        findings.Where(finding => finding.GetProperty("is").GetString() != "ok").Select(finding => finding.ToString()).Should().BeEmpty();
        findings.Select(finding => finding.GetProperty("check").GetString()).Distinct().Should().Equal(
            "version", "clock", "queue", "store", "bus", "bucket", "dead letters of the queue", "dead letters of the rule", "dead letters of the bus", "hops");
        doctor.ExitCode.Should().Be(0);
    }

    [Fact]
    public async Task What_was_set_aside_and_what_is_paused_is_a_warning_with_its_command()
    {
        Path.Transformer.Fails = _ => true;
        await Path.PutAsync(Order(1));
        await Path.SettleAsync();
        Path.Transformer.Fails = null;
        Path.Storer.Fails = _ => true;
        await Path.PutAsync(Order(2));
        await Path.SettleAsync();
        await OperatorAsync("pause", "emitter", "--yes");

        var doctor = await OperatorAsync("doctor");

        doctor.ExitCode.Should().Be(0, "warnings are no failure: {0}", doctor.Output);
        doctor.Output.Should().ContainAll("operator failed list", "operator dead-letters list queue", "operator resume emitter", "operator cost --rate N");
    }

    [Fact]
    public async Task A_bus_and_a_table_that_are_not_there_fail_and_the_other_checks_go_on()
    {
        var doctor = await OperatorAsync("doctor", "--bus", "none", "--table", "none", "--json");

        doctor.ExitCode.Should().Be(1);
        doctor.Json.GetProperty("findings").EnumerateArray().Where(finding => finding.GetProperty("is").GetString() == "fail").Select(finding => finding.GetProperty("check").GetString())
            .Should().Contain(["store", "bus"]).And.NotContain(["queue", "bucket"]);
    }

    [Theory]
    [InlineData(0, "Ok")]
    [InlineData(-29, "Ok")]
    [InlineData(30, "Warn")]
    [InlineData(-299, "Warn")]
    [InlineData(300, "Fail")]
    [InlineData(-86_400, "Fail")]
    public void A_clock_that_is_off_is_told_before_signatures_are_refused(int secondsAhead, string verdict) =>
        ClockCheck.Judge(TimeSpan.FromSeconds(secondsAhead)).Level.ToString().Should().Be(verdict);

    [Theory]
    [InlineData("ApproximateNumberOfMessages", "49999", "Ok")]
    [InlineData("ApproximateNumberOfMessages", "50000", "Warn")]
    [InlineData("ApproximateNumberOfMessages", "120000", "Fail")]
    [InlineData("DeduplicationScope", "queue", "Warn")]
    [InlineData("FifoThroughputLimit", "perQueue", "Warn")]
    [InlineData("RedrivePolicy", null, "Fail")]
    [InlineData("RedrivePolicy", """{"deadLetterTargetArn":"arn:aws:sqs:eu-north-1:1:other.fifo","maxReceiveCount":100}""", "Warn")]
    [InlineData("RedrivePolicy", """{"deadLetterTargetArn":"arn:aws:sqs:eu-north-1:1:data-events-dlq.fifo","maxReceiveCount":4}""", "Warn")]
    public void Settings_of_the_queue_that_break_the_path_are_found(string attribute, string? value, string verdict)
    {
        var attributes = new Dictionary<string, string>(Sound);
        attributes.Remove(attribute);
        if (value is not null)
        {
            attributes[attribute] = value;
        }

        QueueCheck.Judge(new ResourceNames(), attributes).Max(finding => finding.Level).ToString().Should().Be(verdict);
    }

    [Theory]
    [InlineData(10, 10, "Warn")]
    [InlineData(1000, 99, "Warn")]
    [InlineData(1000, 100, "Ok")]
    public void An_account_with_few_invocations_at_once_is_told(int limit, int unreserved, string level) =>
        ConcurrencyCheck.Judge(limit, unreserved).Level.ToString().Should().Be(level);

    [Fact]
    public void Functions_whose_newest_versions_are_live_are_well()
    {
        var finding = FunctionCheck.Judge([Live("e-transformer"), Live("e-event-responder"), Live("e-event-responder-api")]).Should().ContainSingle().Subject;

        finding.Level.Should().Be(CheckLevel.Ok);
        finding.Found.Should().Be("the newest versions are live: e-transformer 5, e-event-responder 5, e-event-responder-api 5; DataToEvents 1.4.0");
    }

    [Fact]
    public void A_version_that_is_not_live_a_part_that_was_left_another_release_and_other_code_are_told()
    {
        Told(Live("e-transformer") with { Version = "4" }).Should().Be("version 5 of e-transformer is published, and 4 is live");
        Told(Live("e-transformer") with { Canary = ("6", 0.1) }).Should().StartWith("version 6 of e-transformer gets 10");
        Told(Live("e-transformer"), Live("e-event-storer") with { Description = "DataToEvents 1.3.0" }).Should().Be("several releases are live: e-transformer DataToEvents 1.4.0, e-event-storer DataToEvents 1.3.0");
        Told(Live("e-event-responder"), Live("e-event-responder-api") with { CodeHash = "other" }).Should().EndWith("are of one package, and run different code");
    }

    [Theory]
    [InlineData(180, 30, null)]
    [InlineData(179, 30, "Warn")]
    [InlineData(30, 30, "Warn")]
    [InlineData(29, 30, "Fail")]
    public void A_queue_that_shows_a_message_while_it_is_worked_on_is_told(int visibility, int timeout, string? level) =>
        FunctionCheck.JudgeVisibility("q", TimeSpan.FromSeconds(visibility), "f", TimeSpan.FromSeconds(timeout)).Select(finding => finding.Level.ToString()).Should().Equal(level is null ? [] : [level]);

    [Fact]
    public async Task An_alarm_that_is_on_is_a_warning_with_its_paragraph_of_the_runbook()
    {
        var alarms = new FakeAlarms { Alarms = { ["data-events-queue-age"] = _ => true, ["data-events-conflicts"] = _ => false, ["another-queue-age"] = _ => true } };

        var findings = await new AlarmCheck(alarms, "data-events-").RunAsync(default);

        findings.Should().Equal(new CheckResult(CheckLevel.Warn, "alarms", "data-events-queue-age is on", "docs/aws.md, Runbook, queue-age"));
        alarms.Alarms["data-events-queue-age"] = _ => false;
        (await new AlarmCheck(alarms, "data-events-").RunAsync(default)).Should().Equal(CheckResult.Ok("alarms", "none is on"));
    }

    private static string Told(params LiveVersion[] functions)
    {
        var finding = FunctionCheck.Judge(functions).Should().ContainSingle().Subject;
        finding.Level.Should().Be(CheckLevel.Warn);
        finding.Do.Should().NotBeNull();
        return finding.Found;
    }

    private static LiveVersion Live(string function) => new(function, "5", "5", "r") { Description = "DataToEvents 1.4.0", CodeHash = "hash" };

    [Theory]
    [InlineData("0", "0", "1209600", "Ok")]
    [InlineData("1", "60", "1209600", "Warn")]
    [InlineData("1", "864001", "1209600", "Fail")]
    [InlineData("0", "0", "345600", "Warn")]
    public void Dead_letters_are_told_before_they_are_deleted(string depth, string age, string keeps, string verdict) =>
        DeadLetterCheck.Judge("dead letters", DeadLettersOf.Queue, new Dictionary<string, string> { ["ApproximateNumberOfMessages"] = depth, ["ApproximateAgeOfOldestMessage"] = age, ["MessageRetentionPeriod"] = keeps })
            .Max(finding => finding.Level).ToString().Should().Be(verdict);
}
