namespace DataToEvents.Deployed.Tests.Wiring;

/// <summary>Looks for the programs that these tests need, and says what to install if one is missing.</summary>
internal static class Requirements
{
    private const int Unavailable = 69;

    private static readonly Lazy<string?> _missing = new(() => FindAsync().GetAwaiter().GetResult());

    /// <summary>Null when all is there.</summary>
    public static string? Missing => _missing.Value;

    private static async Task<string?> FindAsync()
    {
        if (!OperatingSystem.IsLinux())
        {
            return "The functions' packages run on Linux only.";
        }

        if (BuiltPackages.Complaint is { } complaint)
        {
            return complaint;
        }

        try
        {
            var (moto, _, why) = await Command.TryAsync(Driver.Python, ["-c", "import boto3, flask_cors, moto.server"]);
            return moto == 0 ? await FindTerraformAsync() : $"moto is missing. Install it: pip install 'moto[server]' boto3 ({why.Trim().Split('\n')[^1]})";
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            return $"Install Python 3 and bash ({missing.Message})";
        }
    }

    private static async Task<string?> FindTerraformAsync()
    {
        using var terraform = new Terraform();
        var (exitCode, _, errors) = await terraform.TryAsync("init");
        return exitCode == Unavailable ? errors.Trim() : null;
    }
}

/// <summary>A fact about the deployed wiring. It is skipped, with what to install, if the machine lacks a program.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DeployedFactAttribute : FactAttribute
{
    public DeployedFactAttribute() => Skip = Requirements.Missing;
}

/// <summary>The same for a theory.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DeployedTheoryAttribute : TheoryAttribute
{
    public DeployedTheoryAttribute() => Skip = Requirements.Missing;
}
