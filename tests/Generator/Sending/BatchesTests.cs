using CsCheck;
using DataToEvents.Generator.Sending;

namespace DataToEvents.Generator.Tests.Sending;

public class BatchesTests
{
    private static readonly byte[] Bytes = new byte[FirehoseLimits.MaxRecordBytes];

    private static readonly Gen<ReadOnlyMemory<byte>[]> Records = Gen.OneOf(
        Gen.Int[0, 2_000].Array[0, 1_600], Gen.Int[1, FirehoseLimits.MaxRecordBytes].Array[0, 40]).Select(
            lengths => lengths.Select(length => new ReadOnlyMemory<byte>(Bytes, 0, length)).ToArray());

    [Fact]
    public void No_batch_is_empty_or_over_a_limit() => Records.Sample(records => Batches.Pack(records).All(batch =>
        batch.Count is > 0 and <= 500 && batch.Sum(record => record.Length) <= 4_194_304));

    [Fact]
    public void Every_record_is_in_one_batch_in_order() => Records.Sample(records => Batches.Pack(records).SelectMany(batch => batch).SequenceEqual(records));

    [Fact]
    public void No_batch_could_have_taken_the_next_record_too() => Records.Sample(records =>
    {
        var batches = Batches.Pack(records).ToList();
        return batches.Zip(batches.Skip(1)).All(pair =>
            pair.First.Count == 500 || pair.First.Sum(record => record.Length) + pair.Second[0].Length > 4_194_304);
    });
}
