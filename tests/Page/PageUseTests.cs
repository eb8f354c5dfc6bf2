using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DataToEvents.Page.Tests;

/// <summary>What a person does with the page: finds events, follows and shares a journey, breaks things and brings them back.</summary>
[Collection(nameof(Browser))]
public sealed class PageUseTests(Browser browser) : IAsyncLifetime
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
    public async Task An_empty_page_offers_a_command_to_copy_and_sends_one_event_itself()
    {
        using var host = await StartAsync();
        var (page, complaints) = await browser.OpenAsync(host.Client.BaseAddress!);
        await page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await WatchesAsync(page);

        await Expect(page.Locator("#held")).ToHaveTextAsync("Nothing has been delivered yet. Put a record, and it shows up here.");
        await page.Locator("#copy-command").ClickAsync();
        await Expect(page.Locator("#copy-command")).ToHaveTextAsync("Copied");
        (await page.EvaluateAsync<string>("navigator.clipboard.readText()")).Should().StartWith($"aws firehose put-record --endpoint-url {host.Url}").And.Contain("José");
        await page.Locator("#send-one").ClickAsync();

        await Expect(page.Locator("#tail tbody tr")).ToHaveCountAsync(1);
        await Expect(page.Locator("#tail tbody")).ToContainTextAsync("order-17");
        await Expect(page.Locator("#empty")).ToBeHiddenAsync();
        complaints.Should().BeEmpty();
    }

    [BrowserFact]
    public async Task An_event_is_found_by_id_or_stream_among_all_that_is_stored_and_its_journey_has_an_address()
    {
        using var host = await StartAsync();
        await host.PutAsync(Enumerable.Range(0, 300).Select(Order));
        await host.AwaitDeliveredAsync(300);
        var (page, complaints) = await browser.OpenAsync(host.Client.BaseAddress!);
        await page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await WatchesAsync(page);
        var (find, row) = (page.GetByLabel("Anywhere on the path"), page.Locator("#tail").GetByRole(AriaRole.Button, new() { Name = "e-3", Exact = true }));

        await find.FillAsync("e-3");
        await find.PressAsync("Enter");
        await Expect(page.Locator("#held")).ToHaveTextAsync("1 delivered event with the id e-3.");
        await row.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("times in UTC");
        await page.GetByRole(AriaRole.Button, new() { Name = "Copy its address" }).ClickAsync();
        var address = await page.EvaluateAsync<string>("navigator.clipboard.readText()");
        await page.Keyboard.PressAsync("Escape");
        await Expect(row).ToBeFocusedAsync();
        page.Url.Should().NotContain("#journey");

        await find.FillAsync("order-7");
        await find.PressAsync("Enter");
        await Expect(page.Locator("#held")).ToHaveTextAsync("1 delivered event of the stream order-7.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Back to live" }).ClickAsync();
        await Expect(page.Locator("#live")).ToBeHiddenAsync();

        var (other, _) = await browser.OpenAsync(new Uri(address));
        await Expect(other.GetByRole(AriaRole.Dialog)).ToContainTextAsync("id e-3");
        await Expect(other.GetByRole(AriaRole.Dialog).Locator("pre").First).ToHaveTextAsync(Order(3));
        complaints.Should().BeEmpty();
    }

    [BrowserFact]
    public async Task An_event_that_never_reached_the_consumer_is_found_too_with_where_it_lies_and_what_brings_it_back()
    {
        using var host = await StartAsync();
        var (page, complaints) = await browser.OpenAsync(host.Client.BaseAddress!);
        await page.GetByRole(AriaRole.Switch, new() { Name = "Break the store" }).ClickAsync();
        await host.PutAsync([Order(1)]);
        await Expect(page.Locator("#aside li[data-key=dead-letters] strong")).ToHaveTextAsync("1");

        await page.GetByLabel("Anywhere on the path").FillAsync("e-1");
        await page.GetByLabel("Anywhere on the path").PressAsync("Enter");

        var journey = page.GetByRole(AriaRole.Dialog);
        await Expect(journey).ToContainTextAsync("It lies in data-events-dlq.fifo");
        await Expect(journey).ToContainTextAsync("operator dead-letters redrive queue");
        page.Url.Should().EndWith("#event=e-1");
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Screenshots, "set-aside-event.png") });
        var (other, _) = await browser.OpenAsync(new Uri(page.Url));
        await Expect(other.GetByRole(AriaRole.Dialog)).ToContainTextAsync("It lies in data-events-dlq.fifo");
        complaints.Should().BeEmpty();
    }

    [BrowserFact]
    public async Task The_journey_of_an_event_that_is_stored_and_not_delivered_says_where_it_is_now()
    {
        using var host = await StartAsync();
        var (page, complaints) = await browser.OpenAsync(host.Client.BaseAddress!);
        await page.GetByRole(AriaRole.Switch, new() { Name = "Break the consumer" }).ClickAsync();
        await host.PutAsync([Order(1)]);
        await Expect(page.Locator("#hop-bus .total")).ToHaveTextAsync("1");

        await page.EvaluateAsync("location.hash = 'journey=order-1&e-1&urn%3Adatatoevents%2Forder'");

        var journey = page.GetByRole(AriaRole.Dialog);
        await Expect(journey.Locator("[data-step=published] time")).ToBeVisibleAsync();
        await Expect(journey).ToContainTextAsync("Where it is now");
        await Expect(journey).ToContainTextAsync("the consumer has not taken it yet");
        complaints.Should().BeEmpty();
    }

    [BrowserFact]
    public async Task A_slow_answer_does_not_take_the_place_of_what_was_asked_for_later()
    {
        using var host = await StartAsync();
        await host.PutAsync([Order(1), Order(2)]);
        await host.AwaitDeliveredAsync(2);
        var (page, complaints) = await browser.OpenAsync(host.Client.BaseAddress!);
        await WatchesAsync(page);
        var answered = new TaskCompletionSource();
        await page.RouteAsync(new Regex("id=e-1"), async route =>
        {
            await answered.Task;
            await route.ContinueAsync();
        });
        var (find, journey) = (page.GetByLabel("Anywhere on the path"), page.GetByRole(AriaRole.Dialog));

        await find.FillAsync("e-1");
        await find.PressAsync("Enter");
        await find.FillAsync("e-2");
        await find.PressAsync("Enter");
        await page.EvaluateAsync("location.hash = 'event=e-1'");
        await Expect(journey).ToContainTextAsync("Looking for it");
        await page.EvaluateAsync("location.hash = 'journey=order-1&e-1&urn%3Adatatoevents%2Forder'");
        await Expect(journey).ToContainTextAsync("Looking it up");
        await page.EvaluateAsync("location.hash = 'event=e-2'");
        await Expect(journey).ToContainTextAsync("id e-2");
        var (slow, all) = (0, new TaskCompletionSource());
        page.RequestFinished += (_, request) =>
        {
            if (request.Url.Contains("id=e-1", StringComparison.Ordinal) && Interlocked.Increment(ref slow) == 3)
            {
                all.SetResult();
            }
        };
        answered.SetResult();
        await all.Task;
        await page.EvaluateAsync("new Promise(done => setTimeout(done))");

        await Expect(journey).ToContainTextAsync("id e-2");
        await Expect(journey).Not.ToContainTextAsync("id e-1");
        await Expect(page.Locator("#held")).ToHaveTextAsync("1 delivered event with the id e-2.");
        complaints.Should().BeEmpty();
    }

    [BrowserFact]
    public async Task A_payload_is_indented_on_request_and_keeps_its_numbers()
    {
        using var host = await StartAsync();
        await host.PutAsync([Order(1)]);
        await host.AwaitDeliveredAsync(1);
        var (page, _) = await browser.OpenAsync(host.Client.BaseAddress!);
        await page.Locator("#tail").GetByRole(AriaRole.Button, new() { Name = "e-1", Exact = true }).ClickAsync();

        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Indent" }).First.ClickAsync();

        await Expect(page.GetByRole(AriaRole.Dialog).Locator("pre").First).ToContainTextAsync("\n  \"total\": 1.0,\n");
    }

    [BrowserFact]
    public async Task Thirty_recoveries_are_one_line_with_the_details_folded()
    {
        using var host = await StartAsync();
        await host.PutAsync(Enumerable.Range(0, 30).Select(Order));
        await host.AwaitDeliveredAsync(30);
        await host.PutAsync(Enumerable.Range(0, 30).Select(number => Order(number).Replace("José", "Jose", StringComparison.Ordinal)));
        var (page, _) = await browser.OpenAsync(host.Client.BaseAddress!);
        var quarantine = page.Locator("#aside li[data-key=quarantine]");
        await Expect(quarantine.Locator("strong")).ToHaveTextAsync("30");

        await quarantine.GetByRole(AriaRole.Button).ClickAsync();

        await Expect(page.Locator("#outcome summary")).ToContainTextAsync("30 events released");
        await Expect(page.Locator("#outcome pre")).ToBeHiddenAsync();
        await page.Locator("#outcome summary").ClickAsync();
        await Expect(page.Locator("#outcome pre")).ToContainTextAsync("operator quarantine release --all --yes");
    }

    [BrowserFact]
    public async Task Five_promises_are_kept_while_traffic_flows_and_what_is_stale_looks_stale()
    {
        var host = await StartAsync();
        var (page, _) = await browser.OpenAsync(host.Client.BaseAddress!);
        await WatchesAsync(page);
        await host.PutAsync(Enumerable.Range(0, 200).Select(Order));
        await Expect(page.Locator("#hop-view .total")).ToHaveTextAsync("200");

        await Expect(page.Locator("#promises strong")).ToHaveTextAsync(["Bytes survive", "Nothing is lost", "Exactly one effect", "Order per stream", "Poison stays local"]);
        await Expect(page.Locator("#promises .broken")).ToHaveCountAsync(0);
        await Expect(page.Locator("#promises li").First).ToContainTextAsync(new Regex("[1-9][0-9]* delivered events compared with the stored ones, byte for byte"));
        await page.GetByRole(AriaRole.Switch, new() { Name = "Break the consumer" }).ClickAsync();
        await host.PutAsync([Order(500)]);
        await Expect(page.Locator("#promises li").Nth(1)).ToContainTextAsync("under way");
        await Expect(page.Locator("#promises li").Nth(1).Locator(".state")).ToHaveTextAsync("kept");

        await host.KillAsync();
        await Expect(page.Locator("body")).ToHaveClassAsync("stale");
        await Expect(page.Locator("#connection")).ToContainTextAsync("Look at the terminal where it ran");
        (await page.EvaluateAsync<double>("+getComputedStyle(document.querySelector('main')).opacity")).Should().BeLessThan(0.6);
        host.Dispose();
    }

    [BrowserFact]
    public async Task Whoever_asks_something_of_a_host_that_is_gone_is_told_so()
    {
        var host = await StartAsync();
        var (page, _) = await browser.OpenAsync(host.Client.BaseAddress!);
        await WatchesAsync(page);
        await host.KillAsync();
        host.Dispose();

        await page.Locator("#send-one").ClickAsync();
        await page.GetByLabel("Anywhere on the path").FillAsync("e-1");
        await page.GetByLabel("Anywhere on the path").PressAsync("Enter");
        await page.GetByRole(AriaRole.Switch, new() { Name = "Throttle" }).ClickAsync();

        const string Said = "The host does not answer.";
        await Expect(page.Locator("#send-one")).ToHaveTextAsync(Said);
        await Expect(page.Locator("#held")).ToHaveTextAsync(Said);
        await Expect(page.Locator("#outcome")).ToHaveTextAsync(Said);
    }

    [BrowserTheory]
    [InlineData(821)]
    [InlineData(900)]
    [InlineData(1_040)]
    public async Task Every_box_of_the_path_holds_its_text(int width)
    {
        using var host = await StartAsync();
        var (page, _) = await browser.OpenAsync(host.Client.BaseAddress!, width);
        await page.GetByRole(AriaRole.Switch, new() { Name = "Break the emitter" }).ClickAsync();
        await page.GetByRole(AriaRole.Switch, new() { Name = "Break the consumer" }).ClickAsync();
        await host.PutAsync(Enumerable.Range(0, 100).Select(Order));
        await Expect(page.Locator("#hop-emitter .errors")).ToContainTextAsync("in the last minute");

        (await page.EvaluateAsync<string[]>(
            "[...document.querySelectorAll('#path .hop > :not(.wire)')].filter(e => { const [inner, box] = [e.getBoundingClientRect(), e.parentElement.getBoundingClientRect()]; return e.scrollWidth > e.clientWidth + 1 || inner.right > box.right || inner.bottom > box.bottom; }).map(e => e.outerHTML)")).Should().BeEmpty();
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).Should().BeLessThanOrEqualTo(width);
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Screenshots, $"boxes-{width}.png"), FullPage = true });
    }

    [BrowserTheory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    [InlineData(1024, ColorScheme.Light)]
    [InlineData(1024, ColorScheme.Dark)]
    public async Task The_path_stays_in_sight_while_somebody_switches_a_fault(int width, ColorScheme colors)
    {
        using var host = await StartAsync();
        await host.PutAsync(Enumerable.Range(0, 60).Select(Order));
        var (page, _) = await browser.OpenAsync(host.Client.BaseAddress!, width, colors);
        await WatchesAsync(page);
        await Expect(page.Locator("#tail tbody tr")).ToHaveCountAsync(50);

        foreach (var fault in await page.GetByRole(AriaRole.Switch).AllAsync())
        {
            await fault.ScrollIntoViewIfNeededAsync();
            await Expect(fault).ToBeInViewportAsync();
            await Expect(page.Locator("#hop-emitter")).ToBeInViewportAsync(new() { Ratio = 0.99f });
            await Expect(page.Locator("#hop-responder")).ToBeInViewportAsync(new() { Ratio = 0.99f });
        }

        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Screenshots, $"faults-{width}-{colors}.png") });
    }

    [BrowserFact]
    public async Task The_chart_of_latencies_has_one_unit()
    {
        using var host = await StartAsync();
        await host.PutAsync([Order(1)]);
        await host.AwaitDeliveredAsync(1);
        var (page, _) = await browser.OpenAsync(host.Client.BaseAddress!);
        await WatchesAsync(page);

        var axis = await page.EvaluateAsync<string>("(() => { const axis = echarts.getInstanceByDom(document.getElementById('latency')).getOption().xAxis[0]; return axis.name + ': ' + axis.data.join(' '); })()");

        axis.Should().MatchRegex("^ms: (≤ [0-9]+ )+> 10000$");
    }

    private Task<RunningHost> StartAsync() => RunningHost.StartAsync(Path.Combine(_folder.FullName, "data"));

    private static Task WatchesAsync(IPage page) => Expect(page.Locator("#connection")).ToContainTextAsync("live · http");

    private static string Order(int number) =>
        $$"""{"kind":"order","orderId":"{{number}}","eventId":"e-{{number}}","occurredAt":"2026-11-24T12:00:00Z","total":1.0,"note":null,"who":"José 張偉"}""";
}
