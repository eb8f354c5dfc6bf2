using DataToEvents.Domain.Catalog;

namespace DataToEvents.Commands;

/// <summary>The key of a catalog's masks for programs on this machine: the environment variable MASK_KEY.</summary>
public static class MaskKeyVariable
{
    public const string Name = "MASK_KEY";

    /// <exception cref="CatalogException">It is not set, or too short.</exception>
    public static MaskKey Read()
    {
        try
        {
            return MaskKey.Parse(Environment.GetEnvironmentVariable(Name) ?? "");
        }
        catch (FormatException fault)
        {
            throw new CatalogException($"It has masks with \"hash\" or \"token\", which need a key in the environment variable {Name}. {fault.Message}");
        }
    }
}
