using CsCheck;
using DataToEvents.Adapters.Formats;

namespace DataToEvents.Adapters.Tests.Formats;

public sealed class XRayHeaderTests
{
    private const string TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private const string XRay = "Root=1-0af76519-16cd43dd8448eb211c80319c;Parent=b7ad6b7169203331;Sampled=1";

    [Fact]
    public void A_traceparent_becomes_a_trace_header() => XRayHeader.Of(TraceParent).Should().Be(XRay);

    [Fact]
    public void A_trace_header_becomes_a_traceparent() => XRayHeader.ToTraceParent(XRay).Should().Be(TraceParent);

    [Fact]
    public void The_sampling_decision_is_kept()
    {
        XRayHeader.Of(TraceParent[..^1] + "0").Should().EndWith("Sampled=0");
        XRayHeader.ToTraceParent(XRay[..^1] + "0").Should().EndWith("-00");
        XRayHeader.ToTraceParent(XRay[..^1] + "?").Should().EndWith("-00");
        XRayHeader.ToTraceParent(XRay[..XRay.IndexOf(";Sampled", StringComparison.Ordinal)]).Should().EndWith("-00");
    }

    [Fact]
    public void The_fields_of_a_trace_header_come_in_any_order_and_others_are_passed_over() =>
        XRayHeader.ToTraceParent("Lineage=a:0;Sampled=1;Parent=b7ad6b7169203331;Root=1-0af76519-16cd43dd8448eb211c80319c;Self=x").Should().Be(TraceParent);

    [Fact]
    public void A_trace_parent_that_became_a_header_and_is_read_again_is_unchanged()
    {
        var hex = Gen.Char["0123456789abcdef"];
        Gen.Select(Gen.String[hex, 32, 32], Gen.String[hex, 16, 16], Gen.OneOf("00", "01"))
            .Where((trace, parent, _) => trace.Any(digit => digit != '0') && parent.Any(digit => digit != '0'))
            .Sample((trace, parent, flags) => XRayHeader.ToTraceParent(XRayHeader.Of($"00-{trace}-{parent}-{flags}")) == $"00-{trace}-{parent}-{flags}");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01")]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331")]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-")]
    [InlineData("ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")]
    [InlineData("zz-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")]
    [InlineData("00-00000000000000000000000000000000-b7ad6b7169203331-01")]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01")]
    public void What_is_no_traceparent_has_no_trace_header(string? text) => XRayHeader.Of(text).Should().BeNull();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Root=1-0af76519-16cd43dd8448eb211c80319c")]
    [InlineData("Parent=b7ad6b7169203331")]
    [InlineData("Root=2-0af76519-16cd43dd8448eb211c80319c;Parent=b7ad6b7169203331")]
    [InlineData("Root=1x0af76519-16cd43dd8448eb211c80319c;Parent=b7ad6b7169203331")]
    [InlineData("Root=1-0af76519x16cd43dd8448eb211c80319c;Parent=b7ad6b7169203331")]
    [InlineData("Root=1-0af76519-16cd43dd8448eb211c80319;Parent=b7ad6b7169203331")]
    [InlineData("Root=1-0af76519-16cd43dd8448eb211c80319c;Parent=b7ad6b716920333g")]
    public void What_is_no_trace_header_has_no_traceparent(string? text) => XRayHeader.ToTraceParent(text).Should().BeNull();
}
