using DataToEvents.Domain.Catalog;

namespace DataToEvents.Recovery.Commands;

/// <summary>The event catalog by which failed records are read, and what to call it.</summary>
internal sealed record PathCatalog(EventCatalog Catalog, string Name)
{
    /// <summary>Any key will do to find out whether a record fails, because that does not depend on the key.</summary>
    private static readonly MaskKey AnyKey = MaskKey.Parse(new string('-', MaskKey.MinBytes));

    /// <summary>The catalog that <paramref name="option"/> names; else the one that the path uses, which lies in the bucket; else the one that is shipped.</summary>
    /// <param name="session">Of the command.</param>
    /// <param name="parsed">Its arguments.</param>
    /// <param name="option"><c>--catalog</c>.</param>
    /// <param name="masks">Whether masked values are sent on, so that the catalog's own key is needed.</param>
    /// <exception cref="UserErrorException">The path's catalog cannot be used.</exception>
    public static async Task<PathCatalog> FindAsync(CommandSession session, ParseResult parsed, Option<EventCatalog?> option, bool masks)
    {
        if (parsed.GetValue(option) is { } given)
        {
            return new PathCatalog(given, Path.GetFileName(parsed.GetResult(option)!.Tokens[0].Value));
        }

        if (await session.Services.Bucket.FindAsync(Names.CatalogObject, session.Stopping) is not { } zip)
        {
            return new PathCatalog(CatalogArgument.OrShipped(null), "the shipped catalog");
        }

        try
        {
            return new PathCatalog(CatalogZip.Read(zip, masks ? MaskKeyVariable.Read : () => AnyKey), "the path's catalog");
        }
        catch (CatalogException fault)
        {
            throw new UserErrorException($"The path's catalog, {Names.CatalogObject} in the bucket, cannot be used: {fault.Message} Name another with --catalog.");
        }
    }
}
