using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DataToEvents.Page.Tests;

/// <summary>The page shows a person what happened to an event, in each place where one can be.</summary>
[Collection(nameof(Browser))]
public sealed class EventWalkPageTests(Browser browser) : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("datatoevents-page-");

    private IPage? _page;
    private List<string> _complaints = [];

    private static string Screenshots => Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "screenshots")).FullName;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await browser.CloseAsync();
        _folder.Delete(recursive: true);
    }

    [BrowserFact]
    public async Task The_address_of_an_event_shows_what_happened_to_it_wherever_it_is()
    {
        await new EventWalk(Path.Combine(_folder.FullName, "data"), ShowsAsync).GoAsync();

        _complaints.Should().BeEmpty();
    }

    private async Task ShowsAsync(RunningHost host, string id, string[] hops, params string[] state)
    {
        if (_page is null)
        {
            (_page, _complaints) = await browser.OpenAsync(host.Client.BaseAddress!);
        }

        var isDelivered = hops.Contains("delivered");
        // The archive's time of publication is shown in the journey of a stored event.
        var isPublished = hops.Contains("published");
        var address = isPublished ? $"journey=order-{id}&{id}&{Uri.EscapeDataString(EventWalk.Source)}" : $"event={id}";
        await _page.GotoAsync($"{host.Url}/#{address}");

        var steps = _page.Locator("#steps");
        await Expect(steps.Locator(".about")).ToContainTextAsync($"stream order-{id} · id {id} · source {EventWalk.Source}");
        await Expect(steps.Locator("pre").Filter(new() { HasText = "\"note\":\"first\"" }).First).ToBeAttachedAsync();
        if (isPublished)
        {
            await Expect(steps.Locator("[data-step=published] time")).ToBeVisibleAsync();
            await Expect(steps.Locator("[data-step=delivered] time")).ToHaveCountAsync(0);
            await Expect(steps.Locator(".state")).ToContainTextAsync("the consumer has not taken it yet");
        }
        else
        {
            (await steps.Locator("[data-step]").EvaluateAllAsync<string[]>("steps => steps.map(step => step.dataset.step)")).Should().Equal(hops, "{0}", id);
            (await steps.Locator(".state").InnerTextAsync()).Should().ContainAll(state);
        }

        await _page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Screenshots, $"walk-{id}{(isPublished ? "-published" : "")}.png") });
    }
}
