using DataToEvents.Emulator.Tests.Http.Contract;

namespace DataToEvents.Adapters.Tests.DynamoDb;

/// <summary>xunit looks for a collection in the assembly of its tests.</summary>
[CollectionDefinition(nameof(DynamoDbLocal))]
public sealed class AdaptersDynamoDbLocal : ICollectionFixture<DynamoDbLocal>;
