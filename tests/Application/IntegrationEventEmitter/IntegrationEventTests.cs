using DataToEvents.Application.IntegrationEventEmitter;

namespace DataToEvents.Application.Tests.IntegrationEventEmitter;

public sealed class IntegrationEventTests
{
    [Fact]
    public void An_entry_of_the_bus_has_the_size_that_EventBridge_counts()
    {
        var entry = new IntegrationEvent("DataInserted", new byte[100], ["arn:é", "arn:22"], "Root=1");

        // Source 19, detail type 12, detail 100, resources 6 and 6 in UTF-8.
        entry.Size.Should().Be(19 + 12 + 100 + 6 + 6);
    }
}
