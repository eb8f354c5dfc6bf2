namespace DataToEvents.Domain.Catalog;

/// <summary>Names the members that hold a record's time, and says how to read them.</summary>
/// <param name="Pointers">The first member that exists gives the time. A null is passed over if another member follows.</param>
/// <param name="Unit">The unit of a time that is a number.</param>
/// <param name="Offset">The zone of a time that names none: <c>Z</c> or, for example, <c>+01:00</c>; null if such a time cannot be used.</param>
/// <param name="Base">A number that is added to the value, or replaces it if the record has none. Null if the entry names no base.</param>
internal sealed record CatalogTime(CatalogPointer[] Pointers, TimeUnit Unit, string? Offset, CatalogPointer? Base)
{
    /// <param name="trouble">What is wrong with the time that the record has, for people; null when it has none.</param>
    /// <returns>The time in RFC 3339; null when the record has none that can be used.</returns>
    public string? Of(in Scanned scanned, out string? trouble)
    {
        trouble = null;
        var found = Find(scanned, out var pointer);
        var origin = Base?.Slice(scanned) ?? default;
        if (origin.Exists)
        {
            return ProducerTime.Sum(origin.Raw(Base!.Value.Scan(scanned).Text.Span), found.Exists ? found.Raw(pointer.Scan(scanned).Text.Span) : "0"u8, Unit, out trouble);
        }

        if (!found.Exists)
        {
            return null;
        }

        var text = pointer.Scan(scanned).Text.Span;
        switch (found.Type)
        {
            case JsonTokenType.Number:
                return ProducerTime.OfNumber(found.Raw(text), Unit, out trouble);
            case JsonTokenType.String when found.Text(text) is { } written:
                return ProducerTime.OfText(written, Unit, Offset, out trouble);
            default:
                trouble = "it is neither a string nor a number";
                return null;
        }
    }

    private Json.JsonSlice Find(in Scanned scanned, out CatalogPointer pointer)
    {
        Json.JsonSlice found = default;
        pointer = default;
        foreach (var candidate in Pointers)
        {
            if (candidate.Slice(scanned) is { Exists: true } slice)
            {
                (found, pointer) = (slice, candidate);
                if (slice.Type != JsonTokenType.Null)
                {
                    break;
                }
            }
        }

        return found;
    }
}
