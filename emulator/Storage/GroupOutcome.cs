namespace DataToEvents.Emulator.Storage;

/// <summary>The units of work of one group, each with the exception that it threw or null, in their order.</summary>
internal sealed class GroupOutcome(int units)
{
    private readonly List<(IUnitOfWork Unit, Exception? Fault)> _units = new(units);

    public int Count => _units.Count;

    public void Add(IUnitOfWork unit, Exception? fault) => _units.Add((unit, fault));

    public void Clear() => _units.Clear();

    /// <summary>Tells the callers their results, when the group is durable.</summary>
    public void Complete()
    {
        foreach (var (unit, fault) in _units)
        {
            if (fault is null)
            {
                unit.Complete();
            }
            else
            {
                unit.Fail(fault);
            }
        }
    }

    /// <summary>Tells the callers that the group is not known to be durable.</summary>
    public void Fail(Exception fault) => _units.ForEach(entry => entry.Unit.Fail(fault));
}
