using CsCheck;

namespace DataToEvents.Domain.Tests;

public sealed class EventKeyTests
{
    /// <summary>Few characters, so that equal ids, equal sources and equal joins of both are frequent; some are as long as the limit.</summary>
    private static readonly Gen<string> Part = Gen.Select(Gen.String[Gen.Char["ab/:# é"], 1, 4], Gen.Frequency((4, Gen.Const(0)), (1, Gen.Int[330, 350]), (1, Gen.Int[990, 1_010])), static (text, padding) => text + new string('x', padding) + text)
        .Where(EventId.IsValid);

    private static readonly Gen<(string Id, string Source)> Pair = Gen.Select(Part, Part);

    [Fact]
    public void Two_events_have_one_key_only_if_both_id_and_source_are_equal() => Gen.Select(Pair, Pair).Sample((one, other) =>
        (Key(one) == Key(other)).Should().Be(one == other), iter: 20_000);

    [Fact]
    public void A_key_fits_a_sort_key_with_a_prefix_and_is_no_other_text_than_it_was() => Pair.Sample(pair =>
    {
        Encoding.UTF8.GetByteCount(Key(pair)).Should().BeLessThanOrEqualTo(EventKey.MaxBytes);
        Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(Key(pair))).Should().Be(Key(pair));
    });

    [Fact]
    public void A_key_shows_the_id_a_tab_and_the_source() => Key(("e-1", "/shop")).Should().Be("e-1\t/shop");

    [Fact]
    public void Keys_are_in_the_order_of_their_ids() => Gen.Select(Pair, Pair).Where(static (one, other) => one.Id != other.Id && (one.Id + one.Source + other.Id + other.Source).Length < EventKey.MaxBytes / 2)
        .Sample((one, other) => Order(Key(one), Key(other)).Should().Be(Order(one.Id, other.Id)));

    [Fact]
    public void Keys_of_ids_that_begin_with_a_time_are_in_its_order_whatever_their_sources() =>
        Gen.Select(Gen.Long[0, 4_000_000_000_000], Gen.Long[0, 4_000_000_000_000], Part, Part).Where(static (first, second, _, _) => first != second).Sample((first, second, one, other) =>
        {
            Order(Key((UlidAt(first), one)), Key((UlidAt(second), other))).Should().Be(first.CompareTo(second));
            Order(Key((UuidAt(first), one)), Key((UuidAt(second), other))).Should().Be(first.CompareTo(second));
        });

    private static string Key((string Id, string Source) pair) => EventKey.Of(new EventId(pair.Id), pair.Source);

    /// <summary>DynamoDB orders by bytes of UTF-8.</summary>
    private static int Order(string one, string other) => Math.Sign(Encoding.UTF8.GetBytes(one).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(other)));

    private static string UlidAt(long milliseconds)
    {
        var ulid = new byte[Ulid.Length];
        Ulid.Write(((UInt128)(ulong)milliseconds << 80) | 7, ulid);
        return Encoding.ASCII.GetString(ulid);
    }

    private static string UuidAt(long milliseconds) => Guid.CreateVersion7(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)).ToString();
}
