using Amazon.DynamoDBv2.Model;
using DataToEvents.Adapters.DynamoDb;
using DataToEvents.Adapters.Formats;
using DataToEvents.Adapters.Tests.Contracts;
using DataToEvents.Application.EventStorer;
using DataToEvents.Domain;
using DataToEvents.Emulator.Tests.Http.Contract;

namespace DataToEvents.Adapters.Tests.DynamoDb;

[NeedsDynamoDbLocal]
[Collection(nameof(DynamoDbLocal))]
public sealed class CompressingDynamoDbEventStoreTests(DynamoDbLocal local) : DynamoDbEventStoreTests(local)
{
    protected override bool Compress => true;
}

[NeedsDynamoDbLocal]
[Collection(nameof(DynamoDbLocal))]
public class DynamoDbEventStoreTests(DynamoDbLocal local) : EventStoreContract
{
    private string _table = "";

    protected virtual bool Compress => false;

    protected override IEventStore Store => new DynamoDbEventStore(local.Client, new DynamoDbOptions(_table, DynamoDbOptions.StoreVariable), Compress);

    public override async Task InitializeAsync() => _table = await local.CreateTableAsync();

    [ContractFact]
    public async Task A_missing_table_refuses_the_event_and_is_named_with_its_variable()
    {
        var store = new DynamoDbEventStore(local.Client, new DynamoDbOptions("no-such-table", DynamoDbOptions.StoreVariable));

        var outcomes = await store.AppendAsync([Some.ToStore(Some.Event())], default);

        outcomes.Should().ContainSingle().Which.Kind.Should().Be(AppendKind.Refused);
        outcomes[0].Reason.Should().Contain("no-such-table").And.Contain("TABLE_NAME");
    }

    protected override async Task<StoredItem?> ReadAsync(DataEvent stored)
    {
        var key = new Dictionary<string, AttributeValue> { [EventItem.PartitionKey] = new(stored.Stream.Value), [EventItem.SortKey] = new(stored.Key) };
        return StoredText.ItemOf((await local.Client.GetItemAsync(_table, key, consistentRead: true)).Item);
    }
}
