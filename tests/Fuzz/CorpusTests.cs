using DataToEvents.Fuzz.Tests.Engine;
using DataToEvents.Fuzz.Tests.Targets;

namespace DataToEvents.Fuzz.Tests;

public sealed class CorpusTests
{
    public static TheoryData<string> Targets => [.. FuzzTarget.All.Select(target => target.Name)];

    [Theory]
    [MemberData(nameof(Targets))]
    public void Every_input_that_was_ever_kept_is_survived(string name)
    {
        var target = FuzzTarget.All.Single(known => known.Name == name);

        target.Corpus().Select(input => FuzzTrial.Run(target, input)).Where(fault => fault is not null).Should().BeEmpty();
        target.Corpus().Should().NotBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void Two_thousand_changed_inputs_are_survived(string name)
    {
        var target = FuzzTarget.All.Single(known => known.Name == name);
        var coverage = new Coverage();
        var fuzzer = new Fuzzer(target, target.Corpus(), new Random(7));

        fuzzer.Run(coverage, TimeSpan.FromMinutes(1), maxInputs: 2_000).Should().BeNull();
    }
}
