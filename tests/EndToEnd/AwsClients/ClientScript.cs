namespace DataToEvents.EndToEnd.Tests.AwsClients;

/// <summary>A program of somebody else's that works with the host as it would with AWS. It fails with an exit code other than 0.</summary>
internal static class ClientScript
{
    private const int Large = 20_000_000;

    /// <param name="folder">Gets the files in/small and in/large, which has 20 MB.</param>
    /// <param name="command">The program and its arguments. URL names the host, PLACE a bucket and a prefix in it.</param>
    /// <param name="libraries">A folder with node_modules; null when the program needs none.</param>
    public static async Task PassesAsync(DataFolder folder, string[] command, string? libraries = null)
    {
        using var host = await RunningHost.StartAsync(folder.Data);
        Directory.CreateDirectory(folder.PathOf("in"));
        folder.Write("in/small", "abcdefgh");
        var large = new byte[Large];
        new Random(1).NextBytes(large);
        await File.WriteAllBytesAsync(folder.PathOf("in/large"), large);

        var start = new ProcessStartInfo(command[0], command[1..]) { WorkingDirectory = folder.PathOf("."), RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var inherited in start.Environment.Keys.Where(name => name.StartsWith("AWS_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(inherited);
        }

        foreach (var (name, value) in new Dictionary<string, string>
        {
            ["URL"] = host.Url,
            ["PLACE"] = "data-events/recovered/clients",
            ["LIBRARIES"] = libraries ?? "",
            ["AWS_ACCESS_KEY_ID"] = "any",
            ["AWS_SECRET_ACCESS_KEY"] = "any",
            ["AWS_DEFAULT_REGION"] = "us-east-1",
            ["AWS_CONFIG_FILE"] = "/dev/null",
        })
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync() + await errors;
        await process.WaitForExitAsync();

        process.ExitCode.Should().Be(0, output);
    }
}
