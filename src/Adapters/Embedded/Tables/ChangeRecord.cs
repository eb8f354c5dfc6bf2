using System.Globalization;

namespace DataToEvents.Adapters.Embedded.Tables;

/// <summary>One change of one item, as the table's stream shows it.</summary>
/// <param name="Sequence">Ascending in the order of the changes.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Pk">Of the item.</param>
/// <param name="Sk">Of the item.</param>
/// <param name="AtMs">When, in Unix milliseconds.</param>
/// <param name="NewImage">The item afterwards, DynamoDB's JSON; null when it was removed.</param>
/// <param name="OldImage">The item before; null when there was none.</param>
/// <param name="ByExpiry">Whether the table removed it by itself (TTL).</param>
public sealed record ChangeRecord(
    long Sequence, ChangeKind Kind, string Pk, string Sk, long AtMs, ReadOnlyMemory<byte>? NewImage, ReadOnlyMemory<byte>? OldImage, bool ByExpiry)
{
    /// <summary>The sequence in the form in which readers get and return it: digits that compare as text.</summary>
    public string SequenceNumber => Sequence.ToString("D21", CultureInfo.InvariantCulture);

    public int Bytes => (NewImage?.Length ?? 0) + (OldImage?.Length ?? 0);
}

public enum ChangeKind
{
    Insert,
    Modify,
    Remove,
}
