namespace DataToEvents.EndToEnd.Tests;

/// <summary>The catalogs in examples/, with records as their producers send them.</summary>
public sealed class ExampleCatalogTests : IDisposable
{
    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task GitHub_webhooks_are_told_apart_by_header_and_action()
    {
        var events = await RunAsync("github", dropped: 1);

        events.Should().Equal(
            ("github.issues.opened", "repository-186853002", "7c9b5e40-f1d0-11f0-9a1e-0b0c5c3f2d11", "2026-01-15T09:58:12Z"),
            ("github.issues.labeled", "repository-186853002", "80a1f1c2-f1d0-11f0-8d0b-3c5f7a1b9e02", "2026-01-15T09:59:40Z"),
            ("github.push", "repository-186853002", "9b30d3be-f1d0-11f0-91c4-6dd1a2c4e7f3", "2026-01-15T11:02:33+01:00"),
            ("github.organization.member_added", "organization-6811672", "a5520c1a-f1d0-11f0-8f5b-91f3a7fce1b4", "(arrival)"));
    }

    [Fact]
    public async Task Stripes_events_are_in_the_stream_of_their_customer_in_each_form_that_it_has()
    {
        var events = await RunAsync("stripe");

        events.Select(item => (item.Type, item.Stream, item.Time)).Should().Equal(
            ("stripe.invoice.paid", "cus_TmA1b2C3d4", "2026-01-15T10:00:00.000Z"),
            ("stripe.payment_intent.created", "pi_3SpQxC2eZvKYlo2C1a", "2026-01-15T10:00:01.000Z"),
            ("stripe.charge.succeeded", "cus_TmA1b2C3d4", "2026-01-15T10:00:02.000Z"));
    }

    [Fact]
    public async Task A_device_that_counts_anew_after_a_restart_makes_new_events_and_one_sent_again_makes_none()
    {
        var events = await RunAsync("telemetry", dropped: 1, duplicates: 1);

        events.Distinct().Should().Equal(
            ("telemetry.reading", "plant-3/pump-17", "1768471200.25-4811", "2026-01-15T10:00:00.250Z"),
            ("telemetry.reading", "plant-3/pump-17", "1768471210.25-4812", "2026-01-15T10:00:10.250Z"),
            ("telemetry.reading", "plant-4/pump-17", "1768471210.25-4812", "2026-01-15T10:00:10.250Z"),
            ("telemetry.reading", "plant-3/pump-17", "1768471295.0-1", "2026-01-15T10:01:35.000Z"),
            ("telemetry.reading", "plant-3/pump-17", "1768471305.0-2", "2026-01-15T10:01:45.000Z"));
    }

    private async Task<List<(string Type, string Stream, string Id, string Time)>> RunAsync(string example, int dropped = 0, int duplicates = 0)
    {
        var examples = Path.Combine(BuiltTools.Root, "examples");

        var summary = await Cases.RunAsync(_folder, "inprocess", Path.Combine(examples, $"{example}.ndjson"), "--catalog", Path.Combine(examples, $"{example}.catalog.json"));

        (summary.Doubts(), summary.GetProperty("dropped").GetInt32(), summary.GetProperty("duplicates").GetInt32()).Should().Be(((0, 0, 0, 0), dropped, duplicates));
        return [.. Cases.Lake(_folder).Select(item => (item.Of("type"), item.Of("subject"), item.Of("id"), item.Of("time") == item.Of("dteacceptedtime") ? "(arrival)" : item.Of("time")))];
    }
}
