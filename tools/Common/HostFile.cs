namespace DataToEvents.Common;

/// <summary>
/// <c>host.json</c> in a data directory: where the host that runs over it is to be found, <c>{"url","pid","started"}</c>. Removed at a
/// clean end; one that a killed host left is recognised by its process.
/// </summary>
public sealed class HostFile : IDisposable
{
    private const string FileName = "host.json";

    /// <summary>How far two readings of one process's start may differ.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(5);

    private readonly string _path;

    private HostFile(string path) => _path = path;

    public static HostFile Write(DirectoryInfo data, string url)
    {
        using var process = Process.GetCurrentProcess();
        var path = Path.Combine(data.FullName, FileName);
        var started = process.StartTime.ToUniversalTime().ToString("o", CultureInfo.InvariantCulture);
        File.WriteAllText(path + ".new", $$"""{"url":"{{url}}","pid":{{process.Id}},"started":"{{started}}"}""");
        File.Move(path + ".new", path, overwrite: true);
        return new HostFile(path);
    }

    /// <summary>The address of the host that runs over this directory; null: none does.</summary>
    public static Uri? FindRunning(DirectoryInfo data)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(data.FullName, FileName)));
            var (url, pid, started) = (json.RootElement.GetProperty("url"), json.RootElement.GetProperty("pid"), json.RootElement.GetProperty("started"));
            return IsRunning(pid.GetInt32(), started.GetDateTime().ToUniversalTime()) ? new Uri(url.GetString()!) : null;
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new UserErrorException($"{Path.Combine(data.FullName, FileName)} is not what a host writes ({fault.Message}). Remove it if no host runs over this directory.");
        }
    }

    public void Dispose() => File.Delete(_path);

    private static bool IsRunning(int pid, DateTime started)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return (process.StartTime.ToUniversalTime() - started).Duration() < Tolerance;
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }
}
