using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DataToEvents.Page.Tests;

/// <summary>
/// Each state that the page can be in, at each width and in light and dark: nothing sticks out of the screen or of its box, no text is cut off without a title that has it
/// whole, and every text can be read against what lies behind it. The pictures are left in the folder of screenshots.
/// </summary>
[Collection(nameof(Browser))]
public sealed class PageStateTests(Browser browser) : IAsyncLifetime
{
    private static readonly int[] Widths = [1280, 1024, 900, 821, 390];
    private static readonly string[] Broken = ["Break the store", "Break the emitter", "Break the consumer", "Poison"];
    private static readonly ColorScheme[] Schemes = [ColorScheme.Light, ColorScheme.Dark];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("datatoevents-page-");
    private readonly CancellationTokenSource _ended = new();
    private Task _traffic = Task.CompletedTask;

    private static string Screenshots => Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "screenshots")).FullName;

    private string Data => Path.Combine(_folder.FullName, "data");

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await StopTrafficAsync();
        _ended.Dispose();
        await browser.CloseAsync();
        _folder.Delete(recursive: true);
    }

    [BrowserFact]
    public Task An_empty_page() => LooksAsync("empty", async (_, page) =>
    {
        await Expect(page.Locator("#send-one")).ToBeVisibleAsync();
        await Expect(page.Locator("#figures div[data-key=median] dd")).ToHaveTextAsync("–");
    });

    [BrowserFact]
    public Task Traffic_that_flows() => LooksAsync("flowing", async (host, page) =>
    {
        await FlowAsync(host, page);
        await Expect(page.Locator("#hop-door")).ToHaveClassAsync(new Regex("flows"));
    });

    [BrowserFact]
    public Task All_faults_and_what_they_set_aside() => LooksAsync("faults", async (host, page) =>
    {
        foreach (var fault in Broken)
        {
            await page.GetByRole(AriaRole.Switch, new() { Name = fault }).ClickAsync();
        }

        await FlowAsync(host, page, delivered: false);
        await Expect(page.Locator("#aside li[data-key=dead-letters]")).ToHaveClassAsync(new Regex("some"));
        await page.GetByRole(AriaRole.Switch, new() { Name = "Break the Transformer" }).ClickAsync();
        await page.GetByRole(AriaRole.Switch, new() { Name = "Throttle" }).ClickAsync();
        await page.GetByRole(AriaRole.Switch, new() { Name = "Kill functions" }).ClickAsync();
        await Expect(page.Locator("#aside li[data-key=processing-failed]")).ToHaveClassAsync(new Regex("some"));
        await Expect(page.Locator("#hop-transformer")).ToHaveClassAsync(new Regex("trouble"));
    });

    [BrowserFact]
    public Task Large_numbers_and_long_names() => LooksAsync(
        "large",
        async (host, page) =>
        {
            await host.PutAsync(Enumerable.Range(0, 20).Select(LongName));
            await Expect(page.Locator("#tail tbody tr")).ToHaveCountAsync(20);
        },
        """
        state.hops.forEach(hop => { hop.total += 12345678; hop.rate = 12345; hop.depth = 123456; hop.ageSeconds = 86400; hop.errors = 123456; hop.errorsLastMinute = 12345; });
        state.setAside.forEach(place => { place.count = 123456; });
        state.numbers.forEach(one => { one.ever += 123456789; one.sinceStart += 12345678; });
        state.pending = 1234567;
        state.latency.p50 = 12345; state.latency.p99 = 123456;
        """);

    [BrowserFact]
    public Task Promises_that_are_broken() => LooksAsync(
        "broken",
        async (host, page) =>
        {
            await host.PutAsync([Order(1)]);
            await Expect(page.Locator("#promises .broken")).ToHaveCountAsync(5);
        },
        """state.promises.forEach(promise => { promise.state = "broken"; promise.evidence = "12,345 of 1,234,567 good records that came in one batch with hostile ones are not in the store"; });""");

    [BrowserFact]
    public Task Thirty_recoveries() => LooksAsync("recovered", async (host, page) =>
    {
        await host.PutAsync(Enumerable.Range(0, 30).Select(Order));
        await host.AwaitDeliveredAsync(30);
        await host.PutAsync(Enumerable.Range(0, 30).Select(number => Order(number).Replace("José", "Jose", StringComparison.Ordinal)));
        await Expect(page.Locator("#aside li[data-key=quarantine] strong")).ToHaveTextAsync("30");
        await page.Locator("#aside li[data-key=quarantine]").GetByRole(AriaRole.Button).ClickAsync();
        await page.Locator("#outcome summary").ClickAsync();
    });

    [BrowserFact]
    public Task A_journey() => LooksAsync("journey", async (host, page) =>
    {
        await host.PutAsync([LongName(1)]);
        await page.Locator("#tail button[data-event]").First.ClickAsync();
        await Expect(page.Locator("#journey [data-step=delivered] time")).ToBeVisibleAsync();
        await page.Locator("#journey").GetByRole(AriaRole.Button, new() { Name = "Indent" }).First.ClickAsync();
        await page.Locator("#journey").GetByText("The item in DynamoDB").ClickAsync();
    });

    [BrowserFact]
    public Task A_search_that_finds() => LooksAsync("found", async (host, page) =>
    {
        await host.PutAsync(Enumerable.Range(0, 20).Select(LongName));
        await host.AwaitDeliveredAsync(20);
        await FindAsync(page, "order-shop-in-the-north-of-the-country-1");
        await Expect(page.Locator("#held")).ToContainTextAsync("delivered events of the stream");
    });

    [BrowserFact]
    public Task An_event_that_nobody_knows() => LooksAsync("nowhere", async (_, page) =>
    {
        await FindAsync(page, "an-event-with-a-long-id-that-nobody-knows-0123456789-0123456789-0123456789");
        await Expect(page.Locator("#steps")).ToContainTextAsync("operator events get: event 'an-event-with-a-long-id");
    });

    [BrowserFact]
    public Task An_event_that_is_set_aside() => LooksAsync("aside", async (host, page) =>
    {
        await page.GetByRole(AriaRole.Switch, new() { Name = "Break the store" }).ClickAsync();
        await host.PutAsync([LongName(1)]);
        await Expect(page.Locator("#aside li[data-key=dead-letters] strong")).ToHaveTextAsync("1");
        await Expect(page.Locator("#aside li[data-key=dead-letters] .unit")).ToHaveTextAsync("message");
        await FindAsync(page, LongId(1));
        await Expect(page.Locator("#steps")).ToContainTextAsync("It lies in data-events-dlq.fifo");
    });

    [BrowserFact]
    public Task Replays() => LooksAsync("replay", async (host, page) =>
    {
        await host.PutAsync(Enumerable.Range(0, 30).Select(Order));
        await host.AwaitDeliveredAsync(30);
        var (exitCode, _, errors) = await ToolProcess.RunAsync(BuiltTools.Operator, "replay", "--from", "1h", "--source", "store", "--name", "again", "--yes", "--data", Data);
        exitCode.Should().Be(0, "{0}", errors);
        await Expect(page.Locator("#figures div[data-key=replays] dd")).ToHaveTextAsync("30");
    });

    [BrowserFact]
    public Task A_host_that_is_gone() => LooksAsync("gone", async (host, page) =>
    {
        await host.PutAsync(Enumerable.Range(0, 30).Select(Order));
        await Expect(page.Locator("#hop-view .total")).ToHaveTextAsync("30");
        await host.KillAsync();
        await Expect(page.Locator("#connection")).ToContainTextAsync("Look at the terminal where it ran");
    });

    /// <param name="name">What the pictures are called.</param>
    /// <param name="enter">Brings the page into the state.</param>
    /// <param name="change">A script that changes each state that the host tells: what a host cannot be brought to in a test.</param>
    private async Task LooksAsync(string name, Func<RunningHost, IPage, Task> enter, string change = "")
    {
        using var host = await RunningHost.StartAsync(Data);
        var (page, _) = await browser.OpenAsync(host.Client.BaseAddress!);
        await page.AddInitScriptAsync(
            $$"""
            const listen = EventSource.prototype.addEventListener;
            EventSource.prototype.addEventListener = function (type, told) {
              listen.call(this, type, type !== "state" ? told : message => { const state = JSON.parse(message.data); {{change}}; told({ data: JSON.stringify(state) }); });
            };
            """);
        await page.ReloadAsync();
        await Expect(page.Locator("#connection")).ToContainTextAsync("live · http");
        await enter(host, page);

        var faults = new List<string>();
        foreach (var width in Widths)
        {
            await page.SetViewportSizeAsync(width, 900);
            foreach (var scheme in Schemes)
            {
                await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme });
                await page.EvaluateAsync("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
                faults.AddRange((await page.EvaluateAsync<string[]>(Look)).Select(fault => $"{width} {scheme}: {fault}"));
                await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Screenshots, $"{name}-{width}-{scheme}.png"), FullPage = true });
            }
        }

        await StopTrafficAsync();
        faults.Should().BeEmpty();
    }

    /// <summary>Some records a second, until the test ends.</summary>
    private async Task FlowAsync(RunningHost host, IPage page, bool delivered = true)
    {
        _traffic = Task.Run(async () =>
        {
            using var second = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
            for (var batch = 0; !_ended.IsCancellationRequested; batch++)
            {
                await host.PutAsync(Enumerable.Range(batch * 25, 25).Select(Order));
                await second.WaitForNextTickAsync();
            }
        });
        if (delivered)
        {
            await Expect(page.Locator("#tail tbody tr")).Not.ToHaveCountAsync(0);
        }
    }

    private async Task StopTrafficAsync()
    {
        await _ended.CancelAsync();
        await _traffic;
    }

    private static async Task FindAsync(IPage page, string what)
    {
        await page.GetByLabel("Anywhere on the path").FillAsync(what);
        await page.GetByLabel("Anywhere on the path").PressAsync("Enter");
    }

    private static string LongId(int number) => $"0193e5a1-7d3c-7b52-9c41-3f2e8d6a{number:0000}-of-a-producer-with-long-ids";

    private static string LongName(int number) =>
        $$"""{"kind":"order","orderId":"shop-in-the-north-of-the-country-1","eventId":"{{LongId(number)}}","occurredAt":"2026-11-24T12:00:00Z","total":1.0,"who":"José 張偉","note":"{{new string('x', 300)}}"}""";

    private static string Order(int number) =>
        $$"""{"kind":"order","orderId":"{{number % 50}}","eventId":"e-{{number}}","occurredAt":"2026-11-24T12:00:00Z","total":1.0,"note":null,"who":"José 張偉"}""";

    /// <summary>Returns what is wrong with what the page shows now. WCAG 2.2 asks for a contrast of 4.5, and 3 for large text.</summary>
    private const string Look =
        """
        (() => {
          const faults = [], width = document.documentElement.clientWidth;
          const parse = color => { const [r, g, b, a = 1] = color.match(/[\d.]+/g).map(Number); return [r, g, b, a]; };
          const over = (top, below) => [0, 1, 2].map(i => top[i] * top[3] + below[i] * (1 - top[3])).concat(1);
          const behind = e => e === null ? [255, 255, 255, 1] : (color => color[3] === 1 ? color : over(color, behind(e.parentElement)))(parse(getComputedStyle(e).backgroundColor));
          const light = color => { const [r, g, b] = color.map(c => (c /= 255) <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
          const contrast = (a, b) => (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05);
          const scrolls = e => e !== null && (/auto|scroll/.test(getComputedStyle(e).overflowX) || scrolls(e.parentElement));
          const named = e => `${e.tagName.toLowerCase()}${e.id ? "#" + e.id : ""}.${e.className} in ${e.closest("[id]")?.id}: ${e.textContent.slice(0, 60)}`;
          if (document.documentElement.scrollWidth > width) faults.push(`the page is ${document.documentElement.scrollWidth} wide`);
          for (const e of document.querySelectorAll("th")) if (!e.checkVisibility()) faults.push(`hidden: ${named(e)}`);
          for (const e of document.querySelectorAll(".scroll")) if (e.scrollWidth > e.clientWidth + 1) faults.push(`the table is ${e.scrollWidth} wide, and its frame ${e.clientWidth}`);
          for (const e of document.querySelectorAll("body *")) {
            const style = getComputedStyle(e), box = e.getBoundingClientRect();
            if (e.matches(".unseen") && box.width > 1) faults.push(`to be heard alone, and seen: ${named(e)}`);
            if (e.closest(".unseen, .skip, .wire, .chart, datalist") || !e.checkVisibility({ visibilityProperty: true }) || box.width === 0) continue;
            if ((box.right > width + 1 || box.left < -1) && !scrolls(e.parentElement)) faults.push(`outside of the screen: ${named(e)}`);
            const text = [...e.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.textContent.trim() !== "");
            if (!text) continue;
            if (style.display !== "inline" && e.scrollWidth > e.clientWidth + 1 && !/auto|scroll/.test(style.overflowX) && e.title === "" && e.closest("[title]") === null) faults.push(`cut off: ${named(e)}`);
            const inner = e.closest(".hop > *:not(.wire)");
            if (inner && (rect => rect.right < inner.getBoundingClientRect().right - 1 || rect.bottom < inner.getBoundingClientRect().bottom - 1)(inner.parentElement.getBoundingClientRect())) faults.push(`outside of its box: ${named(e)}`);
            if (document.body.classList.contains("stale") || e.closest(":disabled")) continue;
            const [ground, size] = [behind(e), parseFloat(style.fontSize)];
            const least = size >= 24 || (size >= 18.6 && +style.fontWeight >= 700) ? 3 : 4.5;
            const seen = contrast(over(parse(style.color), ground), ground);
            if (seen < least) faults.push(`contrast ${seen.toFixed(2)}: ${named(e)}`);
          }
          return [...new Set(faults)];
        })()
        """;
}
