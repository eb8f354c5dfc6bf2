using DataToEvents.Emulator.Http;
using DataToEvents.Emulator.Http.DynamoDb;
using DataToEvents.Emulator.Http.Json;
using DataToEvents.Emulator.Tables;
using DataToEvents.Emulator.Tests.Tables;

namespace DataToEvents.Emulator.Tests.Http.DynamoDb;

/// <summary>Amazon DynamoDB API Reference, "TransactWriteItems": a transaction is cancelled when there is an ongoing one that conflicts with it.</summary>
public sealed class ItemsUnderWayTests
{
    private readonly ItemsUnderWay _underWay = new();

    [Fact]
    public async Task A_transaction_that_meets_another_one_learns_on_which_items_and_holds_none()
    {
        await using var bed = await TableBed.OpenAsync();
        _underWay.TryHold([Item(bed.Table, "1"), Item(bed.Table, "2")]).Should().BeNull();

        var conflicts = _underWay.TryHold([Item(bed.Table, "2"), Item(bed.Table, "3")]);

        conflicts.Should().Equal(true, false);
        _underWay.IsHeld(bed.Table, new ItemKey("a", "2")).Should().BeTrue();
        _underWay.IsHeld(bed.Table, new ItemKey("a", "3")).Should().BeFalse();
    }

    [Fact]
    public async Task An_item_is_free_again_when_its_transaction_is_over()
    {
        await using var bed = await TableBed.OpenAsync();
        _underWay.TryHold([Item(bed.Table, "1")]);

        _underWay.Release([Item(bed.Table, "1")]);

        _underWay.TryHold([Item(bed.Table, "1")]).Should().BeNull();
    }

    [Fact]
    public async Task A_transaction_that_meets_another_one_is_cancelled_with_a_reason_for_each_action()
    {
        await using var bed = await TableBed.OpenAsync();
        _underWay.TryHold([Item(bed.Table, "2")]);
        using var call = JsonRequest.Parse(Encoding.UTF8.GetBytes($$"""{"TransactItems":[{{Put(bed, "1")}},{{Put(bed, "2")}}]}"""));
        using var answer = new Utf8JsonWriter(new MemoryStream());

        var transact = () => TableWriteCalls.TransactAsync(call, _ => bed.Table, new RequestTokens(), _underWay, answer);

        var error = (await transact.Should().ThrowAsync<AwsException>()).Which.Error;
        (error.Type, error.Message).Should().Be(
            ("TransactionCanceledException", "Transaction cancelled, please refer cancellation reasons for specific reasons [None, TransactionConflict]"));
        (await bed.Table.CountAsync()).Should().Be(0);
        _underWay.IsHeld(bed.Table, new ItemKey("a", "1")).Should().BeFalse();
    }

    [Fact]
    public async Task A_single_write_to_an_item_of_a_transaction_is_refused()
    {
        await using var bed = await TableBed.OpenAsync();
        _underWay.TryHold([Item(bed.Table, "1")]);
        using var call = JsonRequest.Parse(Encoding.UTF8.GetBytes("""{"Item":{"pk":{"S":"a"},"sk":{"S":"1"}}}"""));
        using var answer = new Utf8JsonWriter(new MemoryStream());

        var put = () => TableWriteCalls.OneAsync(bed.Table, TableWrite.Put(call, bed.Table), _underWay, answer);

        (await put.Should().ThrowAsync<AwsException>()).Which.Error.Type.Should().Be("TransactionConflictException");
    }

    private static string Put(TableBed bed, string sort) =>
        """{"Put":{"TableName":"TABLE","Item":{"pk":{"S":"a"},"sk":{"S":"SORT"}}}}"""
            .Replace("TABLE", bed.Table.Options.Name, StringComparison.Ordinal).Replace("SORT", sort, StringComparison.Ordinal);

    private static (ItemTable Table, ItemKey Key) Item(ItemTable table, string sort) => (table, new ItemKey("a", sort));
}
