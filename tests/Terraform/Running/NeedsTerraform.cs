namespace DataToEvents.Terraform.Tests.Running;

/// <summary>Whether Terraform and its provider are here; if not, what to install.</summary>
internal static class TerraformInstallation
{
    private static readonly Lazy<string?> Check = new(() => Task.Run(CheckAsync).GetAwaiter().GetResult());

    public static string? Missing => Check.Value;

    private static async Task<string?> CheckAsync()
    {
        var folder = Directory.CreateTempSubdirectory("terraform-check-");
        try
        {
            File.Copy(Path.Combine(Repository.Configuration, "run"), Path.Combine(folder.FullName, "run"));
            File.Copy(Path.Combine(Repository.Configuration, "versions.tf"), Path.Combine(folder.FullName, "versions.tf"));
            var outcome = await Shell.RunAsync(folder.FullName, Path.Combine(folder.FullName, "run"), ["version"]);
            outcome = outcome.ExitCode == 0 ? await Shell.RunAsync(folder.FullName, Path.Combine(folder.FullName, "run"), ["providers"]) : outcome;
            return outcome.ExitCode == Outcome.Unavailable ? outcome.Errors.Trim().Split('\n')[^1] : null;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}

/// <summary>Reported as skipped, with what to install, where there is no Terraform.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TerraformFactAttribute : FactAttribute
{
    public override string? Skip => base.Skip ?? TerraformInstallation.Missing;
}

/// <inheritdoc cref="TerraformFactAttribute"/>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TerraformTheoryAttribute : TheoryAttribute
{
    public override string? Skip => base.Skip ?? TerraformInstallation.Missing;
}
