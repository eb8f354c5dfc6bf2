namespace DataToEvents.Terraform.Tests.Running;

/// <summary>Whether Terraform and its provider are here; if not, what to install. Looked for once, for all tests.</summary>
internal static class TerraformInstallation
{
    private static readonly Lazy<(string? Missing, string? Providers)> Check = new(() => Task.Run(CheckAsync).GetAwaiter().GetResult());

    public static string? Missing => Check.Value.Missing;

    /// <summary>A folder with registry.terraform.io/hashicorp/aws in it, or a link to that.</summary>
    public static string Providers => Check.Value.Providers ?? throw new InvalidOperationException(Missing);

    /// <summary>The executable of the AWS provider.</summary>
    public static string Provider => Directory.EnumerateFiles(
        Path.Combine(Providers, "registry.terraform.io", "hashicorp", "aws"),
        "terraform-provider-aws*",
        new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None }).Single();

    private static async Task<(string? Missing, string? Providers)> CheckAsync()
    {
        // The folder stays until the tests end, because it may have a provider that Terraform downloaded.
        var folder = Directory.CreateTempSubdirectory("terraform-check-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        foreach (var name in new[] { "run", "versions.tf" })
        {
            File.Copy(Path.Combine(Repository.Configuration, name), Path.Combine(folder, name));
        }

        foreach (var command in new[] { "version", "providers" })
        {
            var outcome = await Shell.RunAsync(folder, Path.Combine(folder, "run"), [command]);
            if (outcome.ExitCode == Outcome.Unavailable)
            {
                return (outcome.Errors.Trim().Split('\n')[^1], null);
            }
        }

        return (null, Path.Combine(folder, ".terraform", "providers"));
    }
}

/// <summary>A fact that is skipped, with what to install, where there is no Terraform.</summary>
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
