namespace DataToEvents.Domain.Catalog;

/// <summary>An entry's schema, and what becomes of an event that does not fit it.</summary>
internal sealed record PayloadRule(IPayloadSchema Schema, InvalidPayload Invalid)
{
    /// <exception cref="CatalogException">The message names the place.</exception>
    public static PayloadRule? Read(CatalogNode entry, Func<string, IPayloadSchema>? schemas)
    {
        var invalid = entry.Optional("invalid") is not { } node ? InvalidPayload.Fail : node.Text() switch
        {
            "fail" => InvalidPayload.Fail,
            "mark" => InvalidPayload.Mark,
            "drop" => InvalidPayload.Drop,
            _ => throw node.Wrong("fail, mark or drop"),
        };
        if (entry.Optional("schema") is not { } schema)
        {
            return entry.Optional("invalid") is { } alone ? throw alone.Wrong("a schema beside it") : null;
        }

        try
        {
            return schemas is null ? null : new PayloadRule(schemas(schema.Text()), invalid);
        }
        catch (CatalogException fault)
        {
            throw new CatalogException($"{schema.Path}: {fault.Message}");
        }
    }
}

internal enum InvalidPayload
{
    /// <summary>The record fails.</summary>
    Fail,

    /// <summary>The event goes on, with the error in an extension.</summary>
    Mark,

    /// <summary>The event is dropped.</summary>
    Drop,
}
