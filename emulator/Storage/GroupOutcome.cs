namespace DataToEvents.Emulator.Storage;

/// <summary>How the units of one group went, in their order.</summary>
internal sealed class GroupOutcome(int units)
{
    private readonly List<(IUnitOfWork Unit, Exception? Fault)> _units = new(units);

    public int Count => _units.Count;

    public void Add(IUnitOfWork unit, Exception? fault) => _units.Add((unit, fault));

    public void Clear() => _units.Clear();

    /// <summary>Tells the units once what stands is durable.</summary>
    public void HandOut()
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

    /// <summary>Tells the units that nothing of the group is known to be durable.</summary>
    public void Fail(Exception fault) => _units.ForEach(entry => entry.Unit.Fail(fault));
}
