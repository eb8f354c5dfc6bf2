namespace DataToEvents.Terraform.Tests.Running;

/// <summary>The result of each run of `terraform test`, by file and name.</summary>
internal sealed class TestRuns
{
    private readonly Dictionary<(string File, string Run), (string Status, string Complaints)> _runs = [];

    private TestRuns()
    {
    }

    public int Count => _runs.Count;

    /// <param name="outcome">Of `terraform test -json`.</param>
    public static TestRuns Of(Outcome outcome)
    {
        var runs = new TestRuns();
        foreach (var line in outcome.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            using var json = JsonDocument.Parse(line);
            runs.Read(json.RootElement);
        }

        return runs.Count > 0 ? runs : throw new InvalidOperationException($"terraform test ran nothing:\n{outcome.Text}");
    }

    public void MustPass(string file, string run)
    {
        var (status, complaints) = _runs.GetValueOrDefault((file, run), ("missing", "it did not run"));
        status.Should().Be("pass", $"{run} in {file} must pass; Terraform says: {complaints}");
    }

    /// <returns>What Terraform complained of.</returns>
    public string MustBeRefused(string file, string run, string because)
    {
        var (status, complaints) = _runs.GetValueOrDefault((file, run), ("missing", "it did not run"));
        status.Should().Be("error", $"{because} must be refused; Terraform says: {complaints}");
        return complaints;
    }

    private void Read(JsonElement message)
    {
        if (!message.TryGetProperty("@testfile", out var file) || !message.TryGetProperty("@testrun", out var run))
        {
            return;
        }

        var key = (file.GetString()!, run.GetString()!);
        var (status, complaints) = _runs.GetValueOrDefault(key, ("", ""));
        if (message.TryGetProperty("test_run", out var result) && result.GetProperty("progress").GetString() == "complete")
        {
            status = result.GetProperty("status").GetString()!;
        }

        if (message.TryGetProperty("diagnostic", out var diagnostic))
        {
            complaints += $"{diagnostic.GetProperty("summary").GetString()}: {diagnostic.GetProperty("detail").GetString()}\n";
        }

        _runs[key] = (status, complaints);
    }
}
