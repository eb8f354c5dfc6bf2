namespace DataToEvents.Common.Tests;

internal sealed class ScratchFolder : IDisposable
{
    public DirectoryInfo Data { get; } = Directory.CreateTempSubdirectory("datatoevents-");

    public string File(string name) => Path.Combine(Data.FullName, name);

    public void Dispose() => Data.Delete(recursive: true);
}
