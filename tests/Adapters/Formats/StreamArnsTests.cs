using DataToEvents.Adapters.Formats;

namespace DataToEvents.Adapters.Tests.Formats;

public sealed class StreamArnsTests
{
    [Fact]
    public void The_resources_of_a_stream_are_its_table_and_itself()
    {
        StreamArns.Resources("arn:t/stream/1").Should().Equal("arn:t", "arn:t/stream/1");
        StreamArns.Resources("no-arn").Should().Equal("no-arn");
        StreamArns.Resources("/stream/1").Should().Equal("/stream/1");
    }
}
