namespace DataToEvents.Local.Reporting;

/// <summary>Warns once before the disk of the data directory is full.</summary>
/// <param name="data">The data directory.</param>
/// <param name="say">Writes a line for a person.</param>
/// <param name="free">Tells the free bytes of the disk; null asks the system.</param>
internal sealed class DiskWatch(DirectoryInfo data, Action<string> say, Func<long>? free = null)
{
    private const long FewBytes = 1_000_000_000;

    private readonly Func<long> _free = free ?? (() => new DriveInfo(data.FullName).AvailableFreeSpace);
    private bool _warned;

    public void Look()
    {
        if (_warned || _free() is not (< FewBytes and var left))
        {
            return;
        }

        _warned = true;
        say($"The disk of {data.FullName} has {Units.Text(left)} left. When it is full, the host stops and keeps what was acknowledged. Make room, or begin anew with --fresh.");
    }
}
