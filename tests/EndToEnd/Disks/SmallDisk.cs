namespace DataToEvents.EndToEnd.Tests.Disks;

/// <summary>A small file system in memory. Only processes that are started in it see it, and it ends with the process that holds it.</summary>
internal sealed class SmallDisk : IDisposable
{
    private static readonly bool IsRoot = Environment.UserName == "root";

    // Without root rights it uses a user namespace in which the process is root.
    private static readonly string[] Unshare = IsRoot ? ["--mount"] : ["--mount", "--user", "--map-root-user"];

    private static readonly Lazy<string?> Absent = new(() =>
    {
        try
        {
            using var trial = Process.Start(new ProcessStartInfo("unshare", [.. Unshare, "mount", "-t", "tmpfs", "none", "/mnt"]) { RedirectStandardError = true })!;
            var said = trial.StandardError.ReadToEnd().Trim();
            trial.WaitForExit();
            return trial.ExitCode == 0 ? null : $"this machine does not let its users mount a file system: {said}";
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            return $"this machine has no unshare: {missing.Message}";
        }
    });

    private readonly Process _holder;

    private SmallDisk(Process holder, string folder) => (_holder, Folder) = (holder, folder);

    /// <summary>The reason why this machine cannot have one; null if it can.</summary>
    public static string? WhyNot => Absent.Value;

    public string Folder { get; }

    /// <summary>Its files as the other processes see them.</summary>
    public string FromOutside => $"/proc/{_holder.Id}/root{Folder}";

    public static async Task<SmallDisk> MountAsync(string folder, string size)
    {
        Directory.CreateDirectory(folder);
        var holder = Process.Start(new ProcessStartInfo("unshare", [.. Unshare, "sh", "-c", $"mount -t tmpfs -o size={size} none '{folder}' && echo ready && exec cat"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        (await holder.StandardOutput.ReadLineAsync()).Should().Be("ready");
        return new SmallDisk(holder, folder);
    }

    /// <summary>Starts a program that sees it.</summary>
    public Process Start(string program, params string[] arguments) => Process.Start(
        new ProcessStartInfo("nsenter", ["--target", $"{_holder.Id}", "--mount", .. IsRoot ? (string[])[] : ["--user", "--preserve-credentials"], program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;

    public async Task RemountAsync(string options)
    {
        using var mount = Start("mount", "-o", $"remount,{options}", Folder);
        await mount.WaitForExitAsync();
        mount.ExitCode.Should().Be(0);
    }

    public void Dispose()
    {
        _holder.Kill();
        _holder.WaitForExit();
        _holder.Dispose();
    }
}

/// <summary>Skipped, with the reason, where no file system can be mounted.</summary>
internal sealed class SmallDiskFactAttribute : FactAttribute
{
    public SmallDiskFactAttribute() => Skip = SmallDisk.WhyNot!;
}
