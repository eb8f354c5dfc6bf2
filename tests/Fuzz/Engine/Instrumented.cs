using SharpFuzz;

namespace DataToEvents.Fuzz.Tests.Engine;

/// <summary>A copy of this program in which the product's assemblies report the branches that run.</summary>
internal static class Instrumented
{
    private const string Marker = "instrumented.txt";
    private static readonly string[] Assemblies = ["DataToEvents.Domain.dll", "DataToEvents.Application.dll", "DataToEvents.Emulator.dll"];

    public static bool IsThis => File.Exists(Path.Combine(AppContext.BaseDirectory, Marker));

    /// <summary>Runs the copy with the same arguments and returns its exit code.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var folder = Directory.CreateTempSubdirectory("datatoevents-fuzz-");
        try
        {
            Copy(new DirectoryInfo(AppContext.BaseDirectory), folder);
            foreach (var assembly in Assemblies)
            {
                SharpFuzz.Fuzzer.Instrument(Path.Combine(folder.FullName, assembly), static _ => true, Options.Value);
            }

            await File.WriteAllTextAsync(Path.Combine(folder.FullName, Marker), "");
            using var copy = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(folder.FullName, Path.GetFileName(Environment.GetCommandLineArgs()[0])), .. args]))!;
            await copy.WaitForExitAsync();
            return copy.ExitCode;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Copy(DirectoryInfo from, DirectoryInfo to)
    {
        foreach (var file in from.GetFiles())
        {
            file.CopyTo(Path.Combine(to.FullName, file.Name));
        }

        foreach (var folder in from.GetDirectories())
        {
            Copy(folder, to.CreateSubdirectory(folder.Name));
        }
    }
}
