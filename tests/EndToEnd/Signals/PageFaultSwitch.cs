using System.Net.Http.Json;

namespace DataToEvents.EndToEnd.Tests.Signals;

/// <summary>The switches with which a person breaks the path on the page.</summary>
internal static class PageFaultSwitch
{
    public static async Task SetAsync(RunningHost host, string fault, bool isOn)
    {
        using var answer = await host.Client.PostAsJsonAsync("_page/faults", new { id = fault, on = isOn });
        answer.StatusCode.Should().Be(System.Net.HttpStatusCode.NoContent);
    }
}
