using DataToEvents.EndToEnd.Tests.Signals;

namespace DataToEvents.EndToEnd.Tests;

/// <summary>`dead-letters edit` with a real editor process, named by $EDITOR.</summary>
public sealed class LetterEditorTests : IDisposable
{
    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("sed -i s/José/Jose/", 0, "Jose")]
    [InlineData("false", 2, null)]
    public async Task The_editor_gets_the_body_and_what_it_saves_is_sent(string editor, int exitCode, string? delivered)
    {
        using var host = await RunningHost.StartAsync(_folder.Data);
        await PageFaultSwitch.SetAsync(host, "store", isOn: true);
        await host.PutAsync([TestOrders.Order(1)]);
        await host.AwaitMetricAsync("""datatoevents_failed_total{place="dead_letter_queue"}""", 1);
        await PageFaultSwitch.SetAsync(host, "store", isOn: false);
        var letters = await ToolProcess.RunAsync(BuiltTools.Operator, "dead-letters", "list", "queue", "--json", "--data", _folder.Data);
        using var list = JsonDocument.Parse(letters.Output);
        var id = list.RootElement.GetProperty("deadLetters")[0].GetProperty("id").GetString()!;

        var edit = await ToolProcess.RunAsync("env", $"EDITOR={editor}", "VISUAL=", BuiltTools.Operator, "dead-letters", "edit", "queue", id, "--yes", "--data", _folder.Data);

        edit.ExitCode.Should().Be(exitCode, "{0}", edit.Errors);
        if (delivered is null)
        {
            edit.Errors.Should().Contain("the editor 'false' ended with 1: nothing was changed");
            return;
        }

        await host.AwaitDeliveredAsync(1);
        (await host.Client.GetStringAsync("api/events?id=e-1")).Should().Contain($"{delivered} 張偉");
    }
}
