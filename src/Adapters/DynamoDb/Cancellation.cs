using System.Text.Json;
using DataToEvents.Adapters.Shared;

namespace DataToEvents.Adapters.DynamoDb;

/// <summary>Why a <see cref="ViewTransaction"/> was cancelled: a reason for each of its writes, in order.</summary>
internal sealed class Cancellation
{
    /// <summary>The error's code.</summary>
    public const string Code = "TransactionCanceledException";

    private const string ConditionFailed = "ConditionalCheckFailed";

    private readonly List<Reason> _reasons = [];

    /// <param name="error">Its body.</param>
    public Cancellation(ReadOnlySpan<byte> error)
    {
        var reader = new Utf8JsonReader(error);
        reader.Read();
        while (reader.NextMember())
        {
            if (!reader.Is("CancellationReasons"u8))
            {
                reader.Skip();
            }
            else if (reader.NextArray())
            {
                while (reader.NextElement())
                {
                    _reasons.Add(ReadReason(ref reader));
                }
            }
        }
    }

    public bool WasApplied => CodeOf(ViewTransaction.EventWrite) == ConditionFailed;

    /// <summary>The event stands otherwise to its stream than was guessed.</summary>
    public bool HasOtherStanding => CodeOf(ViewTransaction.StreamWrite) == ConditionFailed;

    /// <summary>The stream's row as it was found; null when there is none.</summary>
    public Item? StreamRow => _reasons[ViewTransaction.StreamWrite].Item;

    public bool IsWorthAnotherTry => HasOtherStanding || _reasons.Any(reason => reason.Code is "TransactionConflict" or "ThrottlingError" or "ProvisionedThroughputExceeded");

    public string Text => string.Join("; ", _reasons.Where(reason => reason.Code is not (null or "None")).Select(reason => $"{reason.Code}: {reason.Message}"));

    private string? CodeOf(int write) => write < _reasons.Count ? _reasons[write].Code : null;

    private static Reason ReadReason(ref Utf8JsonReader reader)
    {
        var reason = default(Reason);
        while (reader.NextMember())
        {
            if (reader.Is("Code"u8))
            {
                reason.Code = reader.NextText();
            }
            else if (reader.Is("Message"u8))
            {
                reason.Message = reader.NextText();
            }
            else if (reader.Is("Item"u8))
            {
                reason.Item = Item.Next(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return reason;
    }

    private record struct Reason(string? Code, string? Message, Item? Item);
}
