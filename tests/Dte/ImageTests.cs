using System.Formats.Tar;
using System.IO.Compression;

namespace DataToEvents.Dte.Tests;

/// <summary>What lies in the image that `make release` built, started as a container engine would: under a root of its own, as the image's user, with the image's command. A newcomer gets as far with it as with the tool. Skipped where no image was built.</summary>
public sealed class ImageTests : IDisposable
{
    private const int User = 10001;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("image-");
    private readonly DirectoryInfo _elsewhere = Directory.CreateTempSubdirectory("newcomer-");

    public void Dispose()
    {
        _folder.Delete(recursive: true);
        _elsewhere.Delete(recursive: true);
    }

    [ImageFact]
    public async Task The_files_of_the_image_run_the_path_for_a_newcomer_without_anything_else()
    {
        var config = await UnpackAsync(ImageFactAttribute.Image!);
        config["User"]!.GetValue<string>().Should().Be($"{User}");
        string[] entrypoint = [.. Words(config["Entrypoint"]!)];

        using var host = Start([.. entrypoint, .. Words(config["Cmd"]!), "--port", "0"]);
        try
        {
            var errors = host.StandardError.ReadToEndAsync();
            var line = await host.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException($"It did not start: {await errors}");
            line.Should().StartWith("Listening on ").And.EndWith("Data in /data.");
            _ = host.StandardOutput.ReadToEndAsync();
            var url = $"http://127.0.0.1:{new Uri(line.Split(' ')[2].TrimEnd(':')).Port}";

            using var client = new HttpClient { BaseAddress = new Uri(url) };
            (await client.GetStringAsync("/_page/")).Should().Contain("<html");
            await IsHealthyAsync([.. Words(config["Healthcheck"]!["Test"]!).Skip(1)], url);

            using var newcomer = new Newcomer(url, arguments => Start([entrypoint[0], .. arguments]), _elsewhere.FullName);
            await newcomer.SendAndSeeAsync();
            await newcomer.WriteConsumerAsync();
        }
        finally
        {
            host.Kill(entireProcessTree: true);
            await host.WaitForExitAsync();
        }
    }

    /// <summary>A process with this folder as its root, as the image's user, with process numbers of its own: it sees of this machine only the network and its devices, as an engine gives them.</summary>
    private Process Start(string[] command)
    {
        const string Enter = """mount --rbind /dev "$0/dev"; mount -t proc proc "$0/proc"; exec chroot --userspec="$1" "$0" "${@:2}" """;
        return DteProcess.Start("unshare", [.. ImageFactAttribute.Apart, "bash", "-euc", Enter, _folder.FullName, $"{User}:{User}", .. command]);
    }

    /// <summary>Runs the image's health command, for the port that was taken.</summary>
    private async Task IsHealthyAsync(string[] command, string url)
    {
        using var health = Start([.. command.Select(word => word.StartsWith("http:", StringComparison.Ordinal) ? url : word)]);
        var errors = health.StandardError.ReadToEndAsync();
        var output = await health.StandardOutput.ReadToEndAsync();
        await health.WaitForExitAsync();
        health.ExitCode.Should().Be(0, "{0}{1}", output, await errors);
    }

    /// <summary>Unpacks the one layer into the folder.</summary>
    /// <returns>What the image says of itself.</returns>
    private async Task<JsonNode> UnpackAsync(string image)
    {
        var files = new Dictionary<string, byte[]>();
        await using var tar = new TarReader(File.OpenRead(image));
        while (await tar.GetNextEntryAsync(copyData: true) is { } entry)
        {
            using var content = new MemoryStream();
            await entry.DataStream!.CopyToAsync(content);
            files.Add(entry.Name, content.ToArray());
        }

        var listed = JsonNode.Parse(files["index.json"])!["manifests"]!.AsArray().Single()!;
        var manifest = JsonNode.Parse(files[BlobOf(listed)])!;
        await using var layer = new GZipStream(new MemoryStream(files[BlobOf(manifest["layers"]!.AsArray().Single()!)]), CompressionMode.Decompress);
        await TarFile.ExtractToDirectoryAsync(layer, _folder.FullName, overwriteFiles: false);
        // .NET leaves owners as they are; an engine does not. It also makes the folders for /proc and /dev.
        _folder.CreateSubdirectory("proc");
        _folder.CreateSubdirectory("dev");
        (await DteProcess.RunAsync("chown", [$"{User}:{User}", Path.Combine(_folder.FullName, "data")])).ExitCode.Should().Be(0);
        (await DteProcess.RunAsync("chmod", ["755", _folder.FullName])).ExitCode.Should().Be(0);
        return JsonNode.Parse(files[BlobOf(manifest["config"]!)])!["config"]!;
    }

    private static string BlobOf(JsonNode descriptor) => $"blobs/{descriptor["digest"]!.GetValue<string>().Replace(':', '/')}";

    private static IEnumerable<string> Words(JsonNode words) => words.AsArray().Select(word => word!.GetValue<string>());
}

/// <summary>Reported as skipped where there is no image, or nobody may start it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ImageFactAttribute : FactAttribute
{
    public static string? Image { get; } = Directory.Exists(Path.Combine(DteProcess.Root, "artifacts", "release"))
        ? Directory.EnumerateFiles(Path.Combine(DteProcess.Root, "artifacts", "release"), "*-image.tar").SingleOrDefault()
        : null;

    /// <summary>Options of `unshare` for mounts and process numbers of one's own.</summary>
    public static string[] Apart { get; } = ["--mount", "--pid", "--fork"];

    private static readonly bool MayBeApart = OperatingSystem.IsLinux() && IsApart();

    public override string? Skip => base.Skip ?? (Image is null ? "There is no image: make release PARTS=image" : MayBeApart ? null : "This user may not give a process another root folder (unshare --mount --pid).");

    private static bool IsApart()
    {
        using var process = DteProcess.Start("unshare", [.. Apart, "true"]);
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
