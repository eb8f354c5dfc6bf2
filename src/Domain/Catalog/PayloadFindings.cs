using DataToEvents.Domain.Envelope;
using DataToEvents.Domain.Json;

namespace DataToEvents.Domain.Catalog;

/// <summary>The result of a payload's check by its schema. The default value means that there is no schema.</summary>
internal readonly record struct PayloadFindings(PayloadRule? Rule, string? Misfit)
{
    /// <summary>Our extension in an event that does not fit its schema and goes on nevertheless. Its value says what does not hold.</summary>
    public const string Extension = "dteschemaerror";

    private const string DataSchema = "dataschema";

    public bool IsDropped => Misfit is not null && Rule!.Invalid == InvalidPayload.Drop;

    /// <summary>Why the record fails; null if it does not.</summary>
    public string? Refusal => Misfit is not null && Rule!.Invalid == InvalidPayload.Fail ? $"it does not fit the schema {Rule.Schema.Uri}: {Misfit}" : null;

    public static PayloadFindings Of(ReadOnlyMemory<byte> json, PayloadRule? rule) => rule is null ? default : new PayloadFindings(rule, rule.Schema.MisfitOf(json));

    /// <param name="given">The producer's, of a CloudEvent. Its own dataschema stays.</param>
    public IReadOnlyList<CloudEventExtension> Extensions(IReadOnlyList<CloudEventExtension>? given = null)
    {
        if (Rule is null)
        {
            return given ?? [];
        }

        var extensions = new List<CloudEventExtension>((given ?? []).Where(static extension => extension.Name != Extension));
        if (!extensions.Exists(static extension => extension.Name == DataSchema))
        {
            extensions.Add(Text(DataSchema, Rule.Schema.Uri));
        }

        if (Misfit is not null)
        {
            extensions.Add(Text(Extension, Misfit));
        }

        return extensions;
    }

    private static CloudEventExtension Text(string name, string value) => new(name, JsonSerializer.SerializeToUtf8Bytes(value, TextJson.Default.String));
}
