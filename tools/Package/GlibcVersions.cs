using System.ComponentModel;

namespace DataToEvents.Package;

/// <summary>Which glibc a binary asks for: it does not even start where that is older.</summary>
internal static partial class GlibcVersions
{
    /// <summary>Amazon Linux 2023, which provided.al2023 is, has glibc 2.34.</summary>
    public static readonly Version Newest = new(2, 34);

    /// <returns>The text of <c>objdump -T</c>.</returns>
    public static async Task<string> ReadAsync(string objdump, string binary)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(objdump, ["-T", binary]) { RedirectStandardOutput = true })!;
            var text = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            return process.ExitCode == 0 ? text : throw new PackageException($"{objdump} -T {binary} failed.");
        }
        catch (Win32Exception fault)
        {
            throw new PackageException($"{objdump} does not run: {fault.Message}. It comes with binutils.");
        }
    }

    /// <exception cref="PackageException">A symbol is newer than <see cref="Newest"/>, or there are no symbols to check.</exception>
    public static void Check(string name, string symbols)
    {
        var versions = Symbol().Matches(symbols).Select(match => Version.Parse(match.Groups["version"].Value)).ToHashSet();
        if (versions.Count == 0)
        {
            throw new PackageException($"{name} names no GLIBC symbol: it is no dynamic binary for Linux with glibc.");
        }

        if (versions.Max() is { } newest && newest > Newest)
        {
            var offending = symbols.Split('\n').Where(line => Symbol().Match(line) is { Success: true } match && Version.Parse(match.Groups["version"].Value) > Newest);
            throw new PackageException(
                $"{name} needs glibc {newest}, but Amazon Linux 2023 has {Newest}. Build on a machine with an older glibc. Symbols: "
                + string.Join(", ", offending.Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^1])));
        }
    }

    [GeneratedRegex(@"\bGLIBC_(?<version>[0-9]+(\.[0-9]+)+)\b")]
    private static partial Regex Symbol();
}
