namespace DataToEvents.Load.Records;

/// <summary>A family and how often its turn comes beside the others.</summary>
public readonly record struct FamilyShare(string Name, int Weight = 1)
{
    public static implicit operator FamilyShare(string name) => FromString(name);

    public static FamilyShare FromString(string name) => new(name);
}
