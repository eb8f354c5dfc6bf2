using DataToEvents.Emulator.Tables;
using DataToEvents.Emulator.Tests.Queues;

namespace DataToEvents.Emulator.Tests.Tables;

public class ItemTests
{
    [Fact]
    public async Task Of_two_items_with_one_key_the_first_is_kept()
    {
        await using var bed = await TableBed.OpenAsync();
        await bed.Table.PutIfAbsentAsync([TableBed.Item("a", "1", "first")]);

        var outcomes = await bed.Table.PutIfAbsentAsync([TableBed.Item("a", "2"), TableBed.Item("a", "1", "second")]);

        outcomes[0].Should().BeOfType<PutOutcome.Inserted>();
        outcomes[1].Should().BeOfType<PutOutcome.AlreadyExists>().Which.Item.ToArray().Should().Equal(TableBed.Item("a", "1", "first"));
        (await bed.Table.GetAsync("a", "1"))!.Value.ToArray().Should().Equal(TableBed.Item("a", "1", "first"));
        bed.Table.Stats.Should().Match<TableStats>(stats => stats.Items == 2 && stats.Inserted == 2 && stats.Existing == 1);
    }

    /// <summary>Seen on Amazon's DynamoDB Local 2.9.30.</summary>
    [Fact]
    public async Task A_call_with_two_items_of_one_key_is_refused_as_a_whole()
    {
        await using var bed = await TableBed.OpenAsync();

        var put = () => bed.Table.PutIfAbsentAsync([TableBed.Item("a", "1", "first"), TableBed.Item("a", "2"), TableBed.Item("a", "1", "second")]);

        (await put.Should().ThrowAsync<ServiceException>()).Which.Message.Should().Be("Provided list of item keys contains duplicates");
        (await bed.Table.CountAsync()).Should().Be(0);
    }

    [Fact]
    public async Task An_invalid_item_does_not_harm_the_others()
    {
        await using var bed = await TableBed.OpenAsync();

        var outcomes = await bed.Table.PutIfAbsentAsync([TableBed.Item("a", "1"), "{}"u8.ToArray(), TableBed.Item("a", "2")]);

        outcomes.Select(outcome => outcome is PutOutcome.Inserted).Should().Equal(true, false, true);
        (await bed.Table.CountAsync()).Should().Be(2);
    }

    [Theory]
    [InlineData("""{"sk":{"S":"1"}}""", "ValidationException", "*Missing the key pk*")]
    [InlineData("""{"pk":{"S":"a"}}""", "ValidationException", "*Missing the key sk*")]
    [InlineData("""{"pk":{"N":"1"},"sk":{"S":"1"}}""", "ValidationException", "*Type mismatch for key pk expected: S actual: N*")]
    [InlineData("""{"pk":{"S":""},"sk":{"S":"1"}}""", "ValidationException", "*empty string value. Key: pk*")]
    [InlineData("""{"pk":{"S":"a"},"sk":{"S":"1"},"n":{"N":"one"}}""", "ValidationException", "*numeric value: one*")]
    [InlineData("""{"pk":{"S":"a"},"sk":{"S":"1"},"x":{"Q":"one"}}""", "SerializationException", "*")]
    [InlineData("""{"pk":{"S":"a"},"sk":{"S":"1"},"x":{"S":"a","N":"1"}}""", "ValidationException", "*exactly one*")]
    [InlineData("""{"pk":{"S":"a"},"sk":{"S":"1"},"x":{}}""", "ValidationException", "*exactly one*")]
    [InlineData("""{"pk":{"S":"a"},"sk":{"S":"1"},"x":"text"}""", "ValidationException", "*exactly one*")]
    [InlineData("""{"pk":{"S":"a"},"sk":{"S":"1"}""", "SerializationException", "*")]
    [InlineData("""{"pk":{"S":"a"},"sk":{"S":"1"}} {}""", "SerializationException", "*")]
    [InlineData("[]", "ValidationException", "*")]
    [InlineData("", "SerializationException", "*")]
    public async Task Items_that_DynamoDB_refuses_are_refused(string item, string code, string message)
    {
        await using var bed = await TableBed.OpenAsync();

        var outcome = await bed.Table.PutAsync(Encoding.UTF8.GetBytes(item));

        var invalid = outcome.Should().BeOfType<PutOutcome.Invalid>().Subject;
        invalid.Code.Should().Be(code);
        invalid.Message.Should().Match(message);
    }

    [Fact]
    public async Task Every_type_of_attribute_is_kept_byte_for_byte()
    {
        await using var bed = await TableBed.OpenAsync();
        var item = """
            {"pk":{"S":"a"},"sk":{"S":"1"},"n":{"N":"-1500"},"b":{"B":"AAEqQQ=="},"bool":{"BOOL":false},"null":{"NULL":true},"ss":{"SS":["José"]},
             "ns":{"NS":["1","2"]},"bs":{"BS":["AA=="]},"l":{"L":[{"S":"x"},{"L":[]},{"M":{}}]},"m":{"M":{"deep":{"M":{"n":{"N":"1"}}}}}}
            """u8.ToArray();

        await bed.Table.PutAsync(item);

        (await bed.Table.GetAsync("a", "1"))!.Value.ToArray().Should().Equal(item);
    }

    [Fact]
    public async Task An_item_has_at_most_400_KB_by_the_names_and_values_of_its_attributes()
    {
        await using var bed = await TableBed.OpenAsync();
        var overhead = "pkask1value".Length;

        var most = await bed.Table.PutAsync(TableBed.Item("a", "1", new string('x', TableLimits.MaxItemBytes - overhead)));
        var tooMuch = await bed.Table.PutAsync(TableBed.Item("a", "1", new string('x', TableLimits.MaxItemBytes - overhead + 1)));
        var tooMuchWithEscapes = await bed.Table.PutAsync(TableBed.Item("a", "2", new string('é', TableLimits.MaxItemBytes / 2)));

        most.Should().BeOfType<PutOutcome.Inserted>();
        tooMuch.Should().BeOfType<PutOutcome.Invalid>().Which.Message.Should().Be("Item size has exceeded the maximum allowed size");
        tooMuchWithEscapes.Should().BeOfType<PutOutcome.Invalid>();
    }

    [Theory]
    [InlineData(2048, 1024, true)]
    [InlineData(2049, 1, false)]
    [InlineData(1, 1025, false)]
    public async Task Keys_have_their_limits_in_bytes(int pk, int sk, bool valid)
    {
        await using var bed = await TableBed.OpenAsync();

        var outcome = await bed.Table.PutAsync(TableBed.Item(new string('p', pk), new string('s', sk)));

        (outcome is PutOutcome.Inserted).Should().Be(valid);
    }

    [Fact]
    public async Task Put_and_delete_return_the_old_item()
    {
        await using var bed = await TableBed.OpenAsync();
        await bed.Table.PutAsync(TableBed.Item("a", "1", "old"));

        var replaced = await bed.Table.PutAsync(TableBed.Item("a", "1", "new"));
        var deleted = await bed.Table.DeleteAsync("a", "1");
        var again = await bed.Table.DeleteAsync("a", "1");

        replaced.Should().BeOfType<PutOutcome.Replaced>().Which.Item.ToArray().Should().Equal(TableBed.Item("a", "1", "old"));
        deleted!.Value.ToArray().Should().Equal(TableBed.Item("a", "1", "new"));
        again.Should().BeNull();
        bed.Table.Stats.Should().Match<TableStats>(stats => stats.Items == 0 && stats.Inserted == 1 && stats.Modified == 1 && stats.Removed == 1);
    }

    [Fact]
    public async Task A_partition_is_read_in_pages_in_the_order_of_its_sort_keys_or_backwards()
    {
        await using var bed = await TableBed.OpenAsync();
        await bed.InsertAsync(("a", "3"), ("b", "0"), ("a", "1"), ("a", "é"), ("a", "2"));

        var first = await bed.Table.QueryAsync("a", limit: 3);
        var rest = await bed.Table.QueryAsync("a", after: first.Next, limit: 3);
        var newest = await bed.Table.QueryAsync("a", limit: 2, descending: true);
        var older = await bed.Table.QueryAsync("a", after: newest.Next, limit: 2, descending: true);

        Keys(first).Should().Equal("1", "2", "3");
        Keys(rest).Should().Equal("é");
        rest.Next.Should().BeNull();
        Keys(newest).Should().Equal("é", "3");
        Keys(older).Should().Equal("2", "1");
        older.Next.Should().BeNull("it held the last one");
        (await bed.Table.ScanAsync(limit: 5)).Next.Should().BeNull();
    }

    [Fact]
    public async Task A_scan_sees_every_item_once()
    {
        await using var bed = await TableBed.OpenAsync();
        await bed.InsertAsync([.. Enumerable.Range(0, 25).Select(i => ($"p{i % 4}", $"{i}"))]);

        var keys = new List<string>();
        ItemPage? page = null;
        do
        {
            page = await bed.Table.ScanAsync(page?.Next, limit: 10);
            keys.AddRange(Keys(page));
        }
        while (page.Next is not null);

        keys.Should().Equal(Enumerable.Range(0, 25).Select(i => $"{i}"));
    }

    [Fact]
    public async Task Items_survive_a_restart()
    {
        using var file = new TemporaryFile();
        await using var bed = await TableBed.OpenAsync(path: file.Path);
        await bed.InsertAsync(("a", "1"));

        await bed.RestartAsync(file.Path);

        (await bed.InsertAsync(("a", "1")))[0].Should().BeOfType<PutOutcome.AlreadyExists>();
        (await bed.Table.CountAsync()).Should().Be(1);
    }

    [Fact]
    public async Task Items_are_deleted_when_their_time_to_live_is_over()
    {
        await using var bed = await TableBed.OpenAsync();
        var now = bed.Time.GetUtcNow().ToUnixTimeSeconds();
        await bed.Table.PutIfAbsentAsync([Expiring("over", $"\"N\":\"{now}\""), Expiring("later", $"\"N\":\"{now + 1}\""), Expiring("text", $"\"S\":\"{now}\""), Expiring("ancient", "\"N\":\"1\"")]);

        var expired = await bed.Table.ExpireAsync();

        expired.Should().Be(1);
        var removal = (await bed.ChangesAsync())[^1];
        removal.Should().Match<ChangeRecord>(change => change.EventName == "REMOVE" && change.ByTimeToLive && change.SortKey == "over");
        bed.Table.Stats.Should().Match<TableStats>(stats => stats.Items == 3 && stats.Expired == 1 && stats.Removed == 0);

        static ReadOnlyMemory<byte> Expiring(string sk, string value) => Encoding.UTF8.GetBytes($$$"""{"pk":{"S":"a"},"sk":{"S":"{{{sk}}}"},"expiresAt":{{{{value}}}}}""");
    }

    private static IEnumerable<string> Keys(ItemPage page) =>
        page.Items.Select(item => System.Text.Json.JsonDocument.Parse(item).RootElement.GetProperty("sk").GetProperty("S").GetString()!);
}
