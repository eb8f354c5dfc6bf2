namespace DataToEvents.Emulator.Tests.Flow;

internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("data-to-events-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
