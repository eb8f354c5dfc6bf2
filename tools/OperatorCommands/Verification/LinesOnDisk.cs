namespace DataToEvents.Operator.Verification;

/// <summary>Keeps lines in a temporary file, so that memory stays bounded. The file is deleted with it.</summary>
internal sealed class LinesOnDisk : IDisposable
{
    private readonly FileStream _file = new(
        Path.Combine(Path.GetTempPath(), $"generator-verify-{Guid.NewGuid():n}.lines"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);

    private readonly StreamWriter _writer;

    public LinesOnDisk() => _writer = new StreamWriter(_file);

    public void Add(string line) => _writer.WriteLine(line);

    /// <summary>Reads the lines so far. No line may be added before all are read.</summary>
    public IEnumerable<string> ReadAll()
    {
        _writer.Flush();
        _file.Position = 0;
        using var reader = new StreamReader(_file, leaveOpen: true);
        // Reads to the end of the file, where the next line is added.
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }

    public void Dispose() => _writer.Dispose();
}
