using CsCheck;
using DataToEvents.Load.Records;

namespace DataToEvents.Load.Tests;

public class SyntheticLoadTests
{
    private static readonly LoadFaults Mixed = new(DuplicatePercent: 5, PoisonPercent: 3);

    [Fact]
    public void The_same_seed_makes_the_same_records_faults_included() => Gen.Long.Sample(seed =>
    {
        var (one, other) = (Load(seed, Mixed), Load(seed, Mixed));

        Enumerable.Range(0, 200).All(_ => one.Next() is { } first && other.Next() is { } second
            && first.Bytes.Span.SequenceEqual(second.Bytes.Span) && first with { Bytes = default } == second with { Bytes = default }).Should().BeTrue();
    }, iter: 10);

    [Fact]
    public void Duplicates_repeat_an_earlier_good_record_byte_for_byte()
    {
        var load = Load(7, Mixed);
        var records = Enumerable.Range(0, 5_000).Select(i => load.At(i)).ToList();

        var duplicates = records.Where(record => record.DuplicateOf is not null).ToList();
        duplicates.Count.Should().BeInRange(190, 310);
        foreach (var duplicate in duplicates)
        {
            var original = records[(int)duplicate.DuplicateOf!];
            original.Index.Should().BeLessThan(duplicate.Index);
            (original.Poison, original.DuplicateOf).Should().Be((null, null));
            original.Bytes.Span.SequenceEqual(duplicate.Bytes.Span).Should().BeTrue();
        }
    }

    [Fact]
    public void Poison_comes_in_all_kinds_and_no_two_alike_but_the_empty_ones()
    {
        var load = Load(7, new LoadFaults(PoisonPercent: 100));
        var records = Enumerable.Range(0, 300).Select(i => load.At(i)).ToList();

        records.Select(record => record.Poison).Distinct().Should().HaveCount(7);
        records.Where(record => record.Bytes.Length > 0).Select(record => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(record.Bytes.Span)))
            .Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void Poison_is_what_its_name_says()
    {
        Bytes(PoisonKind.Empty).Should().BeEmpty();
        Bytes(PoisonKind.Oversize).Length.Should().Be(FirehoseLimits.MaxRecordBytes + 1);
        FluentActions.Invoking(() => new UTF8Encoding(false, true).GetString(Bytes(PoisonKind.BrokenUtf8))).Should().Throw<DecoderFallbackException>();
        SomeRecords.Expectations.Of(Bytes(PoisonKind.Unfit), SomeRecords.Arrival).Events.Should().BeNull();
        foreach (var kind in new[] { PoisonKind.NotJson, PoisonKind.BrokenUtf8, PoisonKind.Empty, PoisonKind.Deep, PoisonKind.Large })
        {
            SomeRecords.Expectations.Of(Bytes(kind), SomeRecords.Arrival).Events.Should().ContainSingle().Which.Id.Should().BeNull();
        }

        static byte[] Bytes(PoisonKind kind) => Poison.Make(kind, 1, 2);
    }

    private static SyntheticLoad Load(long seed, LoadFaults faults) => new(new RecordGenerator(new RecordOptions { Seed = seed }), seed, faults);
}
