using CloudNative.CloudEvents;
using CloudNative.CloudEvents.SystemTextJson;

namespace DataToEvents.EndToEnd.Tests;

/// <summary>Real records: a week of the USGS earthquake feed, with its nulls, numbers and lists.</summary>
public sealed class EarthquakeTests : IDisposable
{
    private const int Earthquakes = 1_707;
    private static readonly string Input = Path.Combine(BuiltTools.Root, "examples", "earthquakes.ndjson");
    private static readonly string Catalog = Path.Combine(BuiltTools.Root, "examples", "earthquakes.catalog.json");

    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("inprocess")]
    [InlineData(RunningHost.Processes)]
    public async Task Every_earthquake_arrives_once_however_often_the_feed_is_sent(string mode)
    {
        var first = await RunAsync(mode, "--catalog", Catalog);
        var second = await RunAsync(mode, "--catalog", Catalog);

        Counts(first).Should().Be((Earthquakes, Earthquakes, Earthquakes, 0, Earthquakes, Earthquakes));
        Counts(second).Should().Be((Earthquakes, Earthquakes, 0, Earthquakes, 0, 0));
        FailedIn(first).Should().Be(0);
        FailedIn(second).Should().Be(0);
        using var host = await RunningHost.StartAsync(_folder.Data, mode, more: ["--catalog", Catalog]);
        var view = await host.ViewAsync();
        (view.GetProperty("events").GetInt32(), view.GetProperty("streams").GetInt32()).Should().Be((Earthquakes, 12));
    }

    [Fact]
    public async Task Every_line_of_the_lake_is_a_cloud_event_whose_data_is_the_input_line_byte_for_byte()
    {
        var lines = await File.ReadAllLinesAsync(Input);

        await RunAsync("inprocess", "--catalog", Catalog);

        var lake = RunningHost.LakeLines(_folder.Data);
        var official = new JsonEventFormatter();
        foreach (var line in lake)
        {
            var read = official.DecodeStructuredModeMessage(Encoding.UTF8.GetBytes(line), new("application/cloudevents+json"), null);
            (read.IsValid, read.SpecVersion).Should().Be((true, CloudEventsSpecVersion.V1_0));
        }

        // Objects of the same second have names that do not tell which came first.
        lake.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("data").GetRawText()).Order(StringComparer.Ordinal)
            .Should().Equal(lines.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_the_catalog_does_not_know_is_unclassified_and_arrives_as_well()
    {
        var summary = await RunAsync("inprocess");

        Counts(summary).Should().Be((Earthquakes, Earthquakes, Earthquakes, 0, Earthquakes, Earthquakes));
        FailedIn(summary).Should().Be(0);
        using var host = await RunningHost.StartAsync(_folder.Data);
        (await host.ViewAsync()).GetProperty("types").GetProperty("data.unclassified").GetInt32().Should().Be(Earthquakes);
    }

    private Task<JsonElement> RunAsync(string mode, params string[] more) =>
        RunningHost.SummaryAsync(["--input", Input, "--data", _folder.Data, "--functions", mode, .. more]);

    private static (int Accepted, int Lake, int Stored, int Duplicates, int Published, int Delivered) Counts(JsonElement summary) =>
        (Of(summary, "accepted"), Of(summary, "lake"), Of(summary, "stored"), Of(summary, "duplicates"), Of(summary, "published"), Of(summary, "delivered"));

    private static int FailedIn(JsonElement summary) => summary.GetProperty("failed").EnumerateObject().Sum(place => place.Value.GetInt32());

    private static int Of(JsonElement summary, string name) => summary.GetProperty(name).GetInt32();
}
