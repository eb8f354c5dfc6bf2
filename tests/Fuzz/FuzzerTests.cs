using DataToEvents.Fuzz.Tests.Engine;
using DataToEvents.Fuzz.Tests.Targets;

namespace DataToEvents.Fuzz.Tests;

/// <summary>Tests that the fuzzer finds faults that were planted for it.</summary>
public sealed class FuzzerTests
{
    [Fact]
    public void An_exception_that_is_not_announced_is_found_and_made_short()
    {
        var target = new FuzzTarget("planted", ["\"data\""], input =>
        {
            if (input.AsSpan().IndexOf("\"data\":null"u8) >= 0)
            {
                throw new InvalidOperationException("planted");
            }
        });

        var finding = Run(target, """{"id":"1","data":{"a":[1,2,3]},"type":"x"}"""u8.ToArray());

        finding!.What.Should().Be("InvalidOperationException: planted");
        finding.Input.Should().Equal("\"data\":null"u8.ToArray());
    }

    [Fact]
    public void A_hang_is_found()
    {
        var target = new FuzzTarget("planted", [], input =>
        {
            for (var until = DateTime.UtcNow.AddSeconds(1.2); input.Contains((byte)'[') && DateTime.UtcNow < until;)
            {
            }
        });

        Run(target, "{}"u8.ToArray())!.What.Should().StartWith("took");
    }

    [Fact]
    public void Memory_without_bound_is_found()
    {
        var target = new FuzzTarget("planted", [], static input => GC.KeepAlive(new byte[input.Length > 1_000 ? 100_000_000 : 1]));

        Run(target, "{}"u8.ToArray())!.What.Should().StartWith("allocated");
    }

    private static Finding? Run(FuzzTarget target, byte[] input)
    {
        var coverage = new Coverage();
        return new Fuzzer(target, [input], new Random(1)).Run(coverage, TimeSpan.FromMinutes(1), maxInputs: 100_000);
    }
}
