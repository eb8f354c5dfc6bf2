using CsCheck;
using DataToEvents.Emulator.Tables;

namespace DataToEvents.Emulator.Tests.Tables;

public class ItemWriterTests
{
    private static readonly Gen<string> Text = Gen.OneOf(Gen.Char, Gen.Int[0, 5].Select(index => "\"\\\naé漢"[index])).Array[1, 40].Select(letters => new string(letters)).Where(IsUnicode);

    [Fact]
    public async Task A_written_item_is_the_one_that_the_table_would_read()
    {
        await using var bed = await TableBed.OpenAsync();

        Gen.Select(Text, Text, Text, Gen.Long, Gen.Select(Gen.Int[0, 16], Gen.Int[-99, 99], (zeros, digits) => digits * (long)Math.Pow(10, zeros))).Sample((pk, sk, text, number, round) =>
        {
            var written = new ItemWriter(bed.Table, pk, sk)
                .Text("text", text)
                .Text("utf8", Encoding.UTF8.GetBytes(text), static (json, name, value) => json.WriteString(name, value))
                .Number("number", number).Number("round", round).Number("expiresAt", round)
                .Item();

            var read = TableItem.Parse(written.Json, bed.Table.Options);

            written.Should().BeEquivalentTo(read);
        });
    }

    [Theory]
    [InlineData("", "1", "*empty string value. Key: pk*")]
    [InlineData("a", "", "*empty string value. Key: sk*")]
    public async Task A_written_item_without_a_key_is_refused(string pk, string sk, string message)
    {
        await using var bed = await TableBed.OpenAsync();

        var outcomes = await bed.Table.PutIfAbsentAsync([new ItemWriter(bed.Table, pk, sk), new ItemWriter(bed.Table, "a", "1")]);

        outcomes[0].Should().BeOfType<PutOutcome.Invalid>().Which.Message.Should().Match(message);
        outcomes[1].Should().BeOfType<PutOutcome.Inserted>();
    }

    [Fact]
    public async Task A_written_item_that_is_larger_than_DynamoDB_takes_is_refused()
    {
        await using var bed = await TableBed.OpenAsync();
        var attributes = Encoding.UTF8.GetByteCount("pk" + "a" + "sk" + "1" + "text");
        ItemWriter Item(int bytes) => new ItemWriter(bed.Table, "a", "1").Text("text", new string('x', bytes - attributes));

        var outcomes = new[] { (await bed.Table.PutIfAbsentAsync([Item(TableLimits.MaxItemBytes + 1)]))[0], (await bed.Table.PutIfAbsentAsync([Item(TableLimits.MaxItemBytes)]))[0] };

        outcomes[0].Should().BeOfType<PutOutcome.Invalid>();
        outcomes[1].Should().BeOfType<PutOutcome.Inserted>();
    }

    [Fact]
    public async Task A_transaction_inserts_once_and_updates_what_is_there()
    {
        await using var bed = await TableBed.OpenAsync();

        Task<bool> Count() => bed.Table.TransactAsync(items =>
        {
            items.Update("a", "count", old => new ItemWriter(bed.Table, "a", "count").Number("events", old is null ? 1 : 2));
            return items.Insert(new ItemWriter(bed.Table, "a", "first"));
        });

        (await Count(), await Count()).Should().Be((true, false));
        TableBed.Text((await bed.Table.GetAsync("a", "count"))!.Value).Should().Be("""{"pk":{"S":"a"},"sk":{"S":"count"},"events":{"N":"2"}}""");
        (await bed.ChangesAsync()).Select(change => change.EventName).Should().Equal("INSERT", "INSERT", "MODIFY");
    }

    private static bool IsUnicode(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) == text;
}
