namespace DataToEvents.Domain.Catalog;

/// <summary>A schema for the payloads of an entry.</summary>
public interface IPayloadSchema
{
    /// <summary>The schema's name, an absolute URI. It becomes the event's <c>dataschema</c>: a version in it is the event's.</summary>
    string Uri { get; }

    /// <param name="json">One JSON text in valid UTF-8.</param>
    /// <returns>Null when it fits; else which parts of the schema do not hold. It never has a name or a value of the payload in it.</returns>
    string? MisfitOf(ReadOnlyMemory<byte> json);
}
