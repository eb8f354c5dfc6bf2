namespace DataToEvents.Operator.Verification;

/// <summary>Any number of lines, in a file that goes with it: memory stays bounded.</summary>
internal sealed class LinesOnDisk : IDisposable
{
    private readonly FileStream _file = new(
        Path.Combine(Path.GetTempPath(), $"generator-verify-{Guid.NewGuid():n}.lines"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);

    private readonly StreamWriter _writer;

    public LinesOnDisk() => _writer = new StreamWriter(_file);

    public void Add(string line) => _writer.WriteLine(line);

    /// <summary>The lines so far; none may be added before all are read.</summary>
    public IEnumerable<string> ReadAll()
    {
        _writer.Flush();
        _file.Position = 0;
        using var reader = new StreamReader(_file, leaveOpen: true);
        // To the end, which is where the next one is added.
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }

    public void Dispose() => _writer.Dispose();
}
