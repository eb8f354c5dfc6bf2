using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DataToEvents.Page.Tests;

[Collection(nameof(Browser))]
public sealed partial class PageTests(Browser browser) : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("datatoevents-page-");

    private static string Screenshots => Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "screenshots")).FullName;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await browser.CloseAsync();
        _folder.Delete(recursive: true);
    }

    [BrowserFact]
    public async Task It_shows_the_counts_that_the_apis_and_the_lake_confirm()
    {
        using var host = await StartAsync();
        var (page, complaints) = await browser.OpenAsync(host.Client.BaseAddress!);

        await host.PutAsync(Enumerable.Range(0, 300).Select(Order));

        foreach (var hop in new[] { "door", "transformer", "lake", "queue", "storer", "store", "emitter", "bus", "responder", "view" })
        {
            await ShowsAsync(page.Locator($"#hop-{hop} .total"), "300");
        }

        var view = JsonDocument.Parse(await host.Client.GetStringAsync("api/")).RootElement;
        view.GetProperty("events").GetInt32().Should().Be(300);
        RunningHost.LakeLines(Data).Should().HaveCount(300);
        await Expect(page.Locator("#promises")).ToContainTextAsync("300 accepted records are all accounted for");
        complaints.Should().BeEmpty();
    }

    [BrowserTheory]
    [InlineData("inprocess")]
    [InlineData(RunningHost.Processes)]
    public async Task A_click_on_an_event_shows_when_each_hop_took_it_and_its_bytes_as_they_were_sent(string mode)
    {
        using var host = await StartAsync(mode);
        var (page, complaints) = await browser.OpenAsync(host.Client.BaseAddress!);
        await WatchesAsync(page);
        var sent = LongOrder(7);

        await host.PutAsync([sent]);
        await page.Locator("#tail").GetByRole(AriaRole.Button, new() { Name = "e-7", Exact = true }).ClickAsync();

        var journey = page.GetByRole(AriaRole.Dialog);
        await Expect(journey.Locator("pre").First).ToHaveTextAsync(sent);
        await Expect(journey).ToContainTextAsync("stream order-7");
        var times = new List<DateTimeOffset>();
        foreach (var step in new[] { "accepted", "stored", "published", "delivered" })
        {
            times.Add(DateTimeOffset.Parse((await journey.Locator($"[data-step={step}] time").GetAttributeAsync("datetime"))!, CultureInfo.InvariantCulture));
        }

        times.Should().BeInAscendingOrder();
        times[0].Should().BeCloseTo(DateTimeOffset.UtcNow, TimeSpan.FromMinutes(2));
        await journey.GetByText("The event on the bus").ClickAsync();
        await Expect(journey.Locator("details[open] pre").Last).ToContainTextAsync("\"detail-type\":\"DataInserted\"");
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Screenshots, $"journey-{mode}.png") });
        await page.Keyboard.PressAsync("Escape");
        await Expect(journey).ToBeHiddenAsync();
        complaints.Should().BeEmpty();
    }

    [BrowserFact]
    public async Task A_reader_who_comes_late_sees_the_last_events_and_filters_them_by_type_and_stream()
    {
        using var host = await StartAsync();
        await host.PutAsync([Order(1), Order(2), """{"note":"of no family"}"""]);
        await host.AwaitDeliveredAsync(3);

        var (page, complaints) = await browser.OpenAsync(host.Client.BaseAddress!);
        var rows = page.Locator("#tail tbody tr");
        await Expect(rows).ToHaveCountAsync(3);
        await page.GetByLabel("Type").FillAsync("ORDER");
        await Expect(rows).ToHaveCountAsync(2);
        await page.GetByRole(AriaRole.Button, new() { Name = "order-2", Exact = true }).ClickAsync();
        await Expect(rows).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Stream" }).FillAsync("nobody's");

        await Expect(page.Locator("#held")).ToHaveTextAsync("Of the last 3 events none fits the filter.");
        complaints.Should().BeEmpty();
    }

    [BrowserTheory]
    [InlineData("inprocess")]
    [InlineData(RunningHost.Processes)]
    public async Task Functions_that_are_killed_in_the_middle_of_their_work_lose_nothing_and_double_nothing(string mode)
    {
        using var host = await StartAsync(mode);
        var (page, complaints) = await browser.OpenAsync(host.Client.BaseAddress!);
        var kill = page.GetByRole(AriaRole.Switch, new() { Name = "Kill functions" });

        await kill.ClickAsync();
        await Expect(kill).ToHaveAttributeAsync("aria-checked", "true");
        for (var batch = 0; batch < 30; batch++)
        {
            await host.PutAsync(Enumerable.Range(batch * 10, 10).Select(Order));
        }

        await Expect(page.Locator("#path")).ToContainTextAsync(Killed());
        await kill.ClickAsync();
        await Expect(kill).ToHaveAttributeAsync("aria-checked", "false");
        await BringBackAsync(page);

        await ShowsAsync(page.Locator("#hop-view .total"), "300");
        await Expect(page.Locator("#promises")).ToContainTextAsync("300 stored, 300 in the consumer's view");
        await Expect(page.Locator("#promises .broken")).ToHaveCountAsync(0);
        (await host.ViewAsync()).GetProperty("events").GetInt64().Should().Be(300);
        (await host.StoredAsync()).Should().Be(300);
        complaints.Should().BeEmpty();
    }

    [BrowserFact]
    public async Task What_a_broken_store_set_aside_goes_on_by_one_click_once_the_store_is_mended()
    {
        using var host = await StartAsync();
        var (page, complaints) = await browser.OpenAsync(host.Client.BaseAddress!);
        var fault = page.GetByRole(AriaRole.Switch, new() { Name = "Break the store" });
        var deadLetters = page.Locator("#aside li[data-key=dead-letters]");

        await fault.ClickAsync();
        await Expect(fault).ToHaveAttributeAsync("aria-checked", "true");
        await host.PutAsync(Enumerable.Range(0, 20).Select(Order));
        await ShowsAsync(deadLetters.Locator("strong"), "20");
        await ShowsAsync(page.Locator("#hop-store .total"), "0");

        await fault.ClickAsync();
        await Expect(fault).ToHaveAttributeAsync("aria-checked", "false");
        await deadLetters.GetByRole(AriaRole.Button, new() { Name = "Redrive dead-letter queue" }).ClickAsync();

        await Expect(page.Locator("#outcome")).ToContainTextAsync("operator dead-letters redrive queue --yes");
        await ShowsAsync(page.Locator("#hop-responder .total"), "20");
        await ShowsAsync(deadLetters.Locator("strong"), "0");
        complaints.Should().BeEmpty();
    }

    [BrowserFact]
    public async Task A_conflict_lies_in_quarantine_until_one_click_releases_it()
    {
        using var host = await StartAsync();
        var (page, _) = await browser.OpenAsync(host.Client.BaseAddress!);
        var quarantine = page.Locator("#aside li[data-key=quarantine]");

        await host.PutAsync([Order(1)]);
        await ShowsAsync(page.Locator("#hop-responder .total"), "1");
        await host.PutAsync([Order(1).Replace("José", "Jose", StringComparison.Ordinal)]);
        await ShowsAsync(quarantine.Locator("strong"), "1");
        await quarantine.GetByRole(AriaRole.Button, new() { Name = "Release quarantine" }).ClickAsync();

        await ShowsAsync(quarantine.Locator("strong"), "0");
        await ShowsAsync(page.Locator("#hop-responder .total"), "2");
    }

    [BrowserFact]
    public async Task It_says_that_the_host_is_gone_and_goes_on_when_it_is_back()
    {
        var host = await StartAsync();
        var port = host.Client.BaseAddress!.Port;
        var (page, _) = await browser.OpenAsync(host.Client.BaseAddress!);
        await WatchesAsync(page);

        await host.KillAsync();
        await Expect(page.Locator("#connection")).ToContainTextAsync("does not answer");
        host.Dispose();
        using var again = await RunningHost.StartAsync(Data, port: port);

        await WatchesAsync(page);
        await again.PutAsync([Order(1)]);
        await ShowsAsync(page.Locator("#hop-responder .total"), "1");
    }

    [BrowserTheory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    [InlineData(390, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task It_fits_the_screen_names_every_control_and_is_looked_at(int width, ColorScheme colors)
    {
        using var host = await StartAsync();
        var (page, complaints) = await browser.OpenAsync(host.Client.BaseAddress!, width, colors);
        await WatchesAsync(page);
        await host.PutAsync(Enumerable.Range(0, 60).Select(Order));
        await ShowsAsync(page.Locator("#hop-responder .total"), "60");

        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).Should().BeLessThanOrEqualTo(width);
        (await page.EvaluateAsync<int>("[...document.querySelectorAll('button, input')].filter(e => !(e.textContent.trim() || e.ariaLabel || e.closest('label'))).length")).Should().Be(0);
        await page.Keyboard.PressAsync("Tab");
        (await page.EvaluateAsync<string>("document.activeElement.textContent")).Should().Be("Skip to the events");
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Screenshots, $"page-{width}-{colors}.png"), FullPage = true });
        complaints.Should().BeEmpty();
    }

    private string Data => Path.Combine(_folder.FullName, "data");

    private Task<RunningHost> StartAsync(string mode = "inprocess") => RunningHost.StartAsync(Data, mode);

    /// <summary>Waits until no work is under way, then clicks once for each place that has items.</summary>
    private static async Task BringBackAsync(IPage page)
    {
        await ShowsAsync(page.Locator("#figures div[data-key='under way'] dd"), "0");
        foreach (var button in await page.Locator("#aside button:enabled").AllAsync())
        {
            await button.ClickAsync();
            await Expect(page.Locator("#outcome")).ToContainTextAsync("--yes");
        }
    }

    private static Task WatchesAsync(IPage page) => Expect(page.Locator("#connection")).ToContainTextAsync("live · http");

    private static Task ShowsAsync(ILocator place, string text) => Expect(place).ToHaveTextAsync(text);

    /// <summary>Long enough to be stored compressed.</summary>
    private static string LongOrder(int number) => Order(number).Replace("\"note\":null", $"\"note\":\"{new string('=', 3_000)}\"", StringComparison.Ordinal);

    [GeneratedRegex("[0-9]+ errors")]
    private static partial Regex Killed();

    private static string Order(int number) =>
        $$"""{"kind":"order","orderId":"{{number}}","eventId":"e-{{number}}","occurredAt":"2026-11-24T12:00:00Z","total":1.0,"note":null,"who":"José 張偉"}""";
}
