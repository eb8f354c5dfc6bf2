namespace DataToEvents.EndToEnd.Tests;

public sealed class TimeCasesTests : IDisposable
{
    private static readonly Dictionary<string, string> Read = new()
    {
        ["sec"] = "2026-01-01T00:00:00.000Z",
        ["ms"] = "2026-01-01T00:00:00.123Z",
        ["us"] = "2026-01-01T00:00:00.123456Z",
        ["ns"] = "2026-01-01T00:00:00.123456789Z",
        ["float-sec"] = "2026-01-01T00:00:00.123Z",
        ["float-ms"] = "2026-01-01T00:00:00.1235Z",
        ["exp"] = "2026-01-01T00:00:00.000Z",
        ["str-sec"] = "2026-01-01T00:00:00.000Z",
        ["str-ms"] = "2026-01-01T00:00:00.123Z",
        ["space"] = "2026-01-01T00:00:00Z",
        ["space-utc"] = "2026-01-01T00:00:00Z",
        ["offnocolon"] = "2026-01-01T00:00:00+01:00",
        ["off2"] = "2026-01-01T00:00:00+01:00",
        ["fluent"] = "2026-01-01T00:00:00.123456789Z",
        ["lower"] = "2026-01-01t00:00:00z",
        ["minus0"] = "2026-01-01T00:00:00-00:00",
        ["comma"] = "2026-01-01T00:00:00.123Z",
        ["leap"] = "2016-12-31T23:59:60Z",
        ["gozero"] = "0001-01-01T00:00:00Z",
        ["max"] = "9999-12-31T23:59:59.999999999Z",
        ["max7"] = "9999-12-31T23:59:59.9999999Z",
        ["off1500"] = "2026-01-01T00:00:00+15:00",
    };

    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("inprocess")]
    [InlineData(RunningHost.Processes)]
    public async Task Each_form_is_read_or_counted_and_never_another_time(string mode)
    {
        var input = Cases.PathOf("c11-time-forms.ndjson");
        var records = (await File.ReadAllLinesAsync(input)).Length;

        var summary = await Cases.RunAsync(_folder, mode, input, "--catalog", Cases.PathOf("c11.catalog.json"));

        var lake = Cases.Lake(_folder);
        lake.Should().HaveCount(records);
        foreach (var item in lake)
        {
            item.Of("time").Should().Be(Read.GetValueOrDefault(item.Of("subject"), item.Of("dteacceptedtime")), "{0}", item.Of("subject"));
        }

        summary.Doubts().Should().Be((0, 0, records - Read.Count, 0));
        summary.GetProperty("delivered").GetInt32().Should().Be(records);
    }

    [Theory]
    [InlineData("inprocess")]
    [InlineData(RunningHost.Processes)]
    public async Task Seconds_are_seconds(string mode)
    {
        await Cases.RunAsync(_folder, mode, Cases.PathOf("c08-stripe.ndjson"), "--catalog", Cases.PathOf("c08-stripe.catalog.json"));

        Cases.Lake(_folder).Select(item => (item.Of("id"), item.Of("time"), item.Of("subject"))).Should().BeEquivalentTo(
            [("evt_1", "2026-01-01T00:00:00.000Z", "cus_A"), ("evt_2", "2026-01-01T00:00:01.000Z", "pi_1"), ("evt_3", "2026-01-01T00:00:02.000Z", "cus_A")]);
    }

    [Theory]
    [InlineData("inprocess")]
    [InlineData(RunningHost.Processes)]
    public async Task The_first_and_the_last_instant_of_a_CloudEvent_stay_as_they_are_written(string mode)
    {
        var summary = await Cases.RunAsync(_folder, mode, Cases.PathOf("c12-ce-rfc3339-edges.ndjson"));

        Cases.Lake(_folder).Select(item => (item.Of("type"), item.Of("time"))).Should().BeEquivalentTo([("t", "9999-12-31T23:59:59.999999999Z"), ("t", "0001-01-01T00:00:00Z")]);
        (summary.Doubts(), summary.GetProperty("delivered").GetInt32()).Should().Be(((0, 0, 0, 0), 2));
    }
}
