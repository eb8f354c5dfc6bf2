namespace DataToEvents.Load.Records;

/// <summary>Chooses the family of the next record by smooth weighted round robin: each family has as many turns in a cycle as it weighs, spread out.</summary>
public sealed class FamilyTurns
{
    private readonly int[] _weights;
    private readonly (int Family, int Earlier)[] _cycle;

    public FamilyTurns(IReadOnlyList<FamilyShare> families)
    {
        _weights = [.. families.Select(family => family.Weight)];
        _cycle = new (int, int)[_weights.Sum()];
        var credit = new int[_weights.Length];
        var seen = new int[_weights.Length];
        for (var turn = 0; turn < _cycle.Length; turn++)
        {
            for (var i = 0; i < credit.Length; i++)
            {
                credit[i] += _weights[i];
            }

            var next = Array.IndexOf(credit, credit.Max());
            credit[next] -= _cycle.Length;
            _cycle[turn] = (next, seen[next]++);
        }
    }

    /// <summary>The family of an event, and how many events of it came before.</summary>
    public (int Family, long Ordinal) At(long number)
    {
        var (family, earlier) = _cycle[number % _cycle.Length];
        return (family, (number / _cycle.Length * _weights[family]) + earlier);
    }
}
