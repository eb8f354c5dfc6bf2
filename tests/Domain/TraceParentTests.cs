namespace DataToEvents.Domain.Tests;

public sealed class TraceParentTests
{
    private const string TraceId = "0af7651916cd43dd8448eb211c80319c";
    private const string ParentId = "b7ad6b7169203331";

    [Fact]
    public void A_traceparent_is_made_of_its_parts_and_gives_them_back()
    {
        TraceParent.Of(TraceId, ParentId, isRecorded: true).Should().Be(Sample.TraceParent);
        TraceParent.TraceId(Sample.TraceParent).Should().Be(TraceId);
        TraceParent.ParentId(Sample.TraceParent).Should().Be(ParentId);
    }

    [Fact]
    public void The_last_flag_says_whether_the_trace_is_recorded()
    {
        TraceParent.IsRecorded(Sample.TraceParent).Should().BeTrue();
        TraceParent.IsRecorded(TraceParent.Of(TraceId, ParentId, isRecorded: false)).Should().BeFalse();
        TraceParent.IsRecorded(null).Should().BeFalse();
        TraceParent.IsRecorded("1").Should().BeFalse();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01")]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331")]
    [InlineData("ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")]
    [InlineData("00-00000000000000000000000000000000-b7ad6b7169203331-01")]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01")]
    public void Other_text_has_no_trace_id(string? text) => TraceParent.TraceId(text).Should().BeNull();

    [Theory]
    [InlineData("", ParentId)]
    [InlineData(TraceId, "")]
    [InlineData("0af7651916cd43dd8448eb211c80319g", ParentId)]
    [InlineData(TraceId, "0000000000000000")]
    public void Invalid_ids_make_no_traceparent(string traceId, string parentId) => TraceParent.Of(traceId, parentId, isRecorded: true).Should().BeNull();
}
