using System.Formats.Tar;
using System.IO.Compression;

namespace DataToEvents.Dte.Tests;

/// <summary>What lies in the image that `make release` built, started as a container engine would: under a root of its own, as the image's user, with the image's command. Skipped where no image was built.</summary>
public sealed class ImageTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("image-");

    public void Dispose() => _folder.Delete(recursive: true);

    [ImageFact]
    public async Task The_files_of_the_image_run_the_path_without_anything_else()
    {
        var config = await UnpackAsync(ImageFactAttribute.Image!);
        config["User"]!.GetValue<string>().Should().Be("10001");
        string[] command = [.. Words(config["Entrypoint"]!), .. Words(config["Cmd"]!), "--port", "0"];

        using var host = DteProcess.Start("chroot", ["--userspec=10001:10001", _folder.FullName, .. command]);
        try
        {
            var errors = host.StandardError.ReadToEndAsync();
            var line = await host.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException($"It did not start: {await errors}");
            line.Should().StartWith("Listening on ").And.EndWith("Data in /data.");
            _ = host.StandardOutput.ReadToEndAsync();
            var url = $"http://127.0.0.1:{new Uri(line.Split(' ')[2].TrimEnd(':')).Port}";

            using var client = new HttpClient { BaseAddress = new Uri(url) };
            (await client.GetStringAsync("/_page/")).Should().Contain("<html");
            // The health command, for the port that was taken.
            string[] health = [.. Words(config["Healthcheck"]!["Test"]!).Skip(1).Select(word => word.StartsWith("http:", StringComparison.Ordinal) ? url : word)];
            var (exitCode, output, complaints) = await DteProcess.RunAsync("chroot", ["--userspec=10001:10001", _folder.FullName, .. health]);
            exitCode.Should().Be(0, "{0}{1}", output, complaints);
        }
        finally
        {
            host.Kill();
            await host.WaitForExitAsync();
        }
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
        // .NET leaves owners as they are; an engine does not.
        (await DteProcess.RunAsync("chown", ["10001:10001", Path.Combine(_folder.FullName, "data")])).ExitCode.Should().Be(0);
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

    public override string? Skip => base.Skip ?? (Image is null ? "There is no image: make release PARTS=image" : Environment.UserName != "root" ? "Only root may give a process another root folder." : null);
}
