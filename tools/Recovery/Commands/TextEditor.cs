namespace DataToEvents.Recovery.Commands;

/// <summary>The person's editor, as VISUAL or EDITOR names it. The text lies in a file that only this user may read.</summary>
internal static class TextEditor
{
    private static readonly string[] Variables = ["VISUAL", "EDITOR"];

    /// <returns>The file with what the person saved. The caller deletes it.</returns>
    /// <exception cref="UserErrorException">No editor is named, or it does not end well.</exception>
    public static async Task<FileInfo> EditAsync(string text, CancellationToken stopping)
    {
        var command = Variables.Select(Environment.GetEnvironmentVariable).FirstOrDefault(static value => !string.IsNullOrWhiteSpace(value))
            ?? throw new UserErrorException("no editor is named; allowed: EDITOR=vi (or VISUAL) in the environment, or --body FILE with the new text.");
        var file = new FileInfo(Path.Combine(Path.GetTempPath(), $"dead-letter-{Guid.NewGuid():N}.json"));
        await WriteAsync(file, text);
        using var editor = Process.Start(Start(command, file.FullName)) ?? throw new UserErrorException($"the editor '{command}' does not start.");
        await editor.WaitForExitAsync(stopping);
        if (editor.ExitCode != 0)
        {
            file.Delete();
            throw new UserErrorException($"the editor '{command}' ended with {editor.ExitCode}: nothing was changed; allowed: an editor that waits until the file is closed.");
        }

        return file;
    }

    private static ProcessStartInfo Start(string command, string file) => OperatingSystem.IsWindows()
        ? new ProcessStartInfo("cmd.exe", ["/c", $"{command} \"{file}\""])
        : new ProcessStartInfo("/bin/sh", ["-c", $"{command} \"$1\"", "sh", file]);

    private static async Task WriteAsync(FileInfo file, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using var stream = file.Open(options);
        await stream.WriteAsync(Encoding.UTF8.GetBytes(text));
    }
}
