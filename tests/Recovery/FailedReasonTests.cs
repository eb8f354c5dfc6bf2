using System.IO.Compression;
using DataToEvents.Application.Transformer;
using DataToEvents.Commands;

namespace DataToEvents.Recovery.Tests;

/// <summary>Why records failed, whether they would pass now, and that only those go in again.</summary>
public sealed class FailedReasonTests : Bed
{
    private const string Failed = "lake/errors/processing-failed/";

    private const string Misfit = "it does not fit the schema urn:schema:order.schema.json: /required";

    private readonly DirectoryInfo _catalogs = Directory.CreateTempSubdirectory("catalogs-");

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        _catalogs.Delete(recursive: true);
    }

    [Fact]
    public async Task Each_record_says_whether_it_would_pass_now_and_why_not()
    {
        await SetAsideAsync("a", """{"kind":"order","orderId":"1","total":1}""", """{"kind":"order","orderId":"2"}""", """{"unwanted":1}""");
        await SetAsideAsync("b", """{"kind":"order","orderId":"3"}""");
        var catalog = WriteCatalog();

        var list = await OperatorAsync("failed", "list", "--catalog", catalog, "--json");
        var show = await OperatorAsync("failed", "show", Handle(list, 0), "--catalog", catalog, "--json");
        var reasons = await OperatorAsync("failed", "list", "--group-by", "reason", "--catalog", catalog, "--json");

        Values(list, "objects", "records", "passNow").Should().BeEquivalentTo(["3 2", "1 0"]);
        Values(show, "records", "now", "reason").Should().Equal("passes ", $"fails {Misfit}", "dropped ");
        Values(reasons, "reasons", "records", "now", "reason").Should().BeEquivalentTo(
            [$"2 fails {Misfit}", "1 passes Lambda.ProcessingFailedStatus", "1 dropped Lambda.ProcessingFailedStatus"]);
        (await OperatorAsync("failed", "list", "--group-by", "reason", "--catalog", catalog)).Output.Should().Contain(Misfit);
    }

    [Fact]
    public async Task Only_what_would_pass_goes_in_and_the_others_stay_and_are_named()
    {
        await SetAsideAsync("a", """{"kind":"order","orderId":"1","total":1}""", """{"kind":"order","orderId":"2"}""", """{"kind":"order","orderId":"3","total":3}""");
        var before = await Path.Services.Bucket.GetAsync(Failed + "a");
        var catalog = WriteCatalog();

        var reingest = await OperatorAsync("failed", "reingest", "--yes", "--catalog", catalog, "--json");
        await Path.SettleAsync();

        (reingest.ExitCode, reingest.Json.GetProperty("reingested").GetInt64(), reingest.Json.GetProperty("failed").GetInt64()).Should().Be((1, 2, 1));
        Values(reingest, "stay", "record", "reason").Should().Equal($"2 {Misfit}");
        reingest.Errors.Should().Contain($"record 2 of {reingest.Json.GetProperty("stay")[0].GetProperty("object").GetString()} stays: {Misfit}");
        ShouldHaveDelivered("""{"kind":"order","orderId":"1","total":1}""", """{"kind":"order","orderId":"3","total":3}""");
        var left = Lines(await Path.Services.Bucket.GetAsync(Failed + "a"));
        left.Should().Equal(Lines(before)[1]);
        var recovered = (await KeysAsync("recovered/")).Should().ContainSingle().Subject;
        Lines(await Path.Services.Bucket.GetAsync(recovered)).Should().Equal(Lines(before)[0], Lines(before)[2]);

        // With a catalog that takes it, the last one goes too.
        var rest = await OperatorAsync("failed", "reingest", "--yes");
        await Path.SettleAsync();
        rest.ExitCode.Should().Be(0, "{0}", rest.Errors);
        (await KeysAsync(Failed)).Should().BeEmpty();
        await ShouldHoldAsync(3);
    }

    [Fact]
    public async Task A_run_that_ended_between_sending_and_moving_has_no_second_effect()
    {
        await SetAsideAsync("a", """{"kind":"order","orderId":"1","total":1}""", """{"kind":"order","orderId":"2"}""");
        var before = (await Path.Services.Bucket.GetAsync(Failed + "a"))!;
        var catalog = WriteCatalog();

        await OperatorAsync("failed", "reingest", "--yes", "--catalog", catalog);
        await Path.SettleAsync();
        await Path.Services.Bucket.PutAsync(Failed + "a", before);
        await OperatorAsync("failed", "reingest", "--yes", "--catalog", catalog);
        await Path.SettleAsync();

        await ShouldHoldAsync(1);
        Lines(await Path.Services.Bucket.GetAsync(Failed + "a")).Should().Equal(Lines(before)[1]);
        (await KeysAsync("recovered/")).Should().ContainSingle();
    }

    [Fact]
    public async Task A_packed_record_that_is_too_large_for_one_answer_goes_in_event_by_event()
    {
        const int Events = 3_000;
        var text = new string('x', 2_000);
        var packed = Gzip(string.Join('\n', Enumerable.Range(0, Events).Select(number => $$"""{"kind":"order","orderId":"{{number % 50}}","eventId":"e-{{number}}","text":"{{text}}"}""")));
        packed.Length.Should().BeLessThan(100_000);
        (Events * text.Length).Should().BeGreaterThan(TransformerOptions.MaxAnswerBytes * 3 / 4);
        await SetAsideAsync("a", packed);
        var catalog = WriteCatalog();

        var show = await OperatorAsync("failed", "show", Handle(await OperatorAsync("failed", "list", "--json"), 0), "--catalog", catalog, "--json");
        var reingest = await OperatorAsync("failed", "reingest", "--yes", "--catalog", catalog, "--json");
        await Path.SettleAsync();

        Values(show, "records", "now", "reason").Should().Equal("split ");
        (reingest.ExitCode, reingest.Json.GetProperty("reingested").GetInt64()).Should().Be((0, 1), "{0}", reingest.Errors);
        Path.Delivered.DistinctBy(item => item.Id).Should().HaveCount(Events);
        foreach (var stream in Path.Delivered.GroupBy(item => item.Stream))
        {
            stream.OrderBy(item => item.StreamSequence, StringComparer.Ordinal).Select(item => int.Parse(item.Id.Value[2..], CultureInfo.InvariantCulture)).Should().BeInAscendingOrder();
        }

        (await KeysAsync(Failed)).Should().BeEmpty();
        await ShouldHoldAsync(Events);
    }

    [Fact]
    public async Task The_catalog_is_that_of_the_path_unless_another_is_named()
    {
        await SetAsideAsync("a", """{"kind":"order","orderId":"2"}""");
        await Path.Services.Bucket.PutAsync("catalog/catalog.zip", CatalogZip.Pack(WriteCatalog()));

        var own = await OperatorAsync("failed", "list", "--json");
        var other = await OperatorAsync("failed", "list", "--json", "--catalog", System.IO.Path.Combine(AppContext.BaseDirectory, "catalog.json"));
        await Path.Services.Bucket.PutAsync("catalog/catalog.zip", "no zip"u8.ToArray());
        var broken = await OperatorAsync("failed", "list");

        (own.Json.GetProperty("catalog").GetString(), Values(own, "objects", "passNow").Single()).Should().Be(("the path's catalog", "0"));
        (other.Json.GetProperty("catalog").GetString(), Values(other, "objects", "passNow").Single()).Should().Be(("catalog.json", "1"));
        (broken.ExitCode, broken.Errors).Should().Match<(int, string)>(answer => answer.Item1 == 2 && answer.Item2.Contains("catalog/catalog.zip"));
    }

    [Fact]
    public async Task A_record_that_is_too_large_unpacked_passes_by_the_limit_of_the_path()
    {
        await SetAsideAsync("a", Gzip("{\"a\":\"" + new string('x', 20_000_000) + "\"}"));
        var catalog = WriteCatalog();

        var byDefault = await OperatorAsync("failed", "list", "--group-by", "reason", "--catalog", catalog, "--json");
        var withMore = await OperatorAsync("failed", "list", "--group-by", "reason", "--catalog", catalog, "--unpacked-limit", "30MB", "--json");
        var inBytes = await OperatorAsync("failed", "list", "--group-by", "reason", "--catalog", catalog, "--unpacked-limit", "30000000", "--json");

        Values(byDefault, "reasons", "now", "reason").Should().Equal("fails it holds more than 16777216 bytes when it is unpacked (gzip)");
        Values(withMore, "reasons", "now").Should().Equal("passes");
        Values(inBytes, "reasons", "now").Should().Equal("passes");
    }

    /// <summary>Wants a total in orders.</summary>
    private string WriteCatalog()
    {
        File.WriteAllText(System.IO.Path.Combine(_catalogs.FullName, "order.schema.json"), """{"required":["total"]}""");
        var file = System.IO.Path.Combine(_catalogs.FullName, "catalog.json");
        File.WriteAllText(file, """
            {"source":"urn:test","unpack":["gzip"],"events":[
              {"type":"order","match":[{"pointer":"/eventId"}],"stream":"/orderId","id":"/eventId"},
              {"type":"order","match":[{"pointer":"/orderId"}],"stream":"/orderId","schema":"order.schema.json"},
              {"type":"unwanted","match":[{"pointer":"/unwanted"}],"drop":true}]}
            """);
        return file;
    }

    private Task SetAsideAsync(string name, params string[] records) => SetAsideAsync(name, [.. records.Select(Encoding.UTF8.GetBytes)]);

    /// <summary>As Firehose does it.</summary>
    private Task SetAsideAsync(string name, params byte[][] records)
    {
        var arrival = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        var lines = records.Select(record =>
            $$"""{"attemptsMade":4,"arrivalTimestamp":{{arrival}},"errorCode":"Lambda.ProcessingFailedStatus","errorMessage":"x","rawData":"{{Convert.ToBase64String(record)}}"}""");
        return Path.Services.Bucket.PutAsync(Failed + name, Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n"));
    }

    private static string Handle(CommandResult list, int index) => list.Json.GetProperty("objects")[index].GetProperty("object").GetString()!;

    private static List<string> Values(CommandResult answer, string listing, params string[] members) =>
        [.. answer.Json.GetProperty(listing).EnumerateArray().Select(row => string.Join(' ', members.Select(member => row.GetProperty(member).ToString())))];

    private static string[] Lines(byte[]? content) => Encoding.UTF8.GetString(content!).TrimEnd('\n').Split('\n');

    private static byte[] Gzip(string content)
    {
        using var packed = new MemoryStream();
        using (var stream = new GZipStream(packed, CompressionLevel.Fastest))
        {
            stream.Write(Encoding.UTF8.GetBytes(content));
        }

        return packed.ToArray();
    }
}
