using DataToEvents.Emulator.Queues;

namespace DataToEvents.Recovery.Tests;

/// <summary>
/// Makes every trouble of the document, then runs its commands in order. Each must print what the document shows. With UPDATE_DOCS=1 the
/// outputs in the document are replaced.
/// </summary>
public sealed class OperationsDocumentTests : Bed
{
    private static readonly bool Update = Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1";

    [Fact]
    public async Task The_documents_commands_cure_every_trouble_as_it_shows()
    {
        var document = new OperationsDocument();
        await MakeTroubleAsync();

        var outputs = new List<string>();
        foreach (var (command, output) in document.Blocks)
        {
            var answer = await RunAsync(command);
            outputs.Add(OperationsDocument.Printed(answer.Output));
            answer.ExitCode.Should().Be(0, "{0}: {1}", command, answer.Errors);
            if (!Update)
            {
                OperationsDocument.Essence(answer.Output).Should().Be(OperationsDocument.Essence(output), "that is what the document shows for {0}", command);
            }

            await Path.SettleAsync();
        }

        if (Update)
        {
            document.Update(outputs);
        }

        await ShouldHoldAsync(7);
        Path.Delivered.DistinctBy(item => (item.Stream, item.Key)).Should().HaveCount(7);
        (await KeysAsync("lake/errors/")).Concat(await KeysAsync("quarantine/")).Concat(await KeysAsync("on-failure/")).Should().BeEmpty();
        await ShouldVerifyButAsync("event e-3 of stream order-3");
        (Path.Services.DeadLetters.Stats.Depth + Path.Services.RuleDeadLetters.Stats.Depth).Should().Be(0);
    }

    /// <summary>Replaces the document's directory by the test's, and a handle or id by the first one that `list` shows.</summary>
    private async Task<CommandResult> RunAsync(string command)
    {
        var words = OperationsDocument.Words(command).Skip(1).ToArray();
        if (words.Contains("--watch"))
        {
            return await TwoLooksAsync([.. words.Select(word => word == ".data" ? Data.FullName : word)]);
        }

        var list = words[0] == "dead-letters" ? await OperatorAsync("dead-letters", "list", words[2], "--json") : await OperatorAsync(words[0], words[0] == "status" ? "--json" : "list", "--json");
        return await OperatorShell.RunAsync([.. words.Select(word => word switch
        {
            ".data" => Data.FullName,
            "OTHER-ID" => list.Json.GetProperty("deadLetters").EnumerateArray().Last().GetProperty("id").GetString()!,
            "ID" => list.Json.GetProperty("deadLetters")[0].GetProperty("id").GetString()!,
            "HANDLE" => list.Json.EnumerateObject().First(member => member.Value.ValueKind == System.Text.Json.JsonValueKind.Array).Value[0].GetProperty("object").GetString()!,
            _ => word,
        })]);
    }

    private static async Task<CommandResult> TwoLooksAsync(string[] words)
    {
        using var reader = new WatchingReader(looks: 2, TimeSpan.FromSeconds(5), lastLine: "the rule's dead letters");
        return await OperatorShell.WatchAsync(reader, words);
    }

    private async Task MakeTroubleAsync()
    {
        Path.Transformer.Fails = _ => true;
        await PutAsync(Order(1), """{"device":{"id":"7"},"readings":[20.5]}""");
        Path.Transformer.Fails = null;
        Path.Storer.Fails = _ => true;
        await Path.Services.Queue.SendBatchAsync([new SendEntry("order-9", "by-hand", "this is no event"u8.ToArray())]);
        await Path.SettleAsync();
        await PutAsync(Order(2, stream: 2));
        Path.Storer.Fails = null;
        await PutAsync(Order(3, stream: 3));
        await PutAsync(Order(3, stream: 3, extra: ",\"note\":\"a correction\""));
        await PutAsync(Order(3, stream: 3, extra: ",\"note\":\"a mistake\""));
        Path.Responder.Fails = _ => true;
        await PutAsync(Order(4, stream: 4));
        await Path.Services.RuleDeadLetters.SendBatchAsync([new SendEntry(null, null, "this is no event either"u8.ToArray())]);
        Path.Responder.Fails = null;
        Path.Emitter.Fails = _ => true;
        await PutAsync(Order(5, stream: 5));
        Path.Emitter.Fails = null;
    }

    private async Task PutAsync(params string[] records)
    {
        await Path.PutAsync(records);
        await Path.SettleAsync();
    }
}
