namespace DataToEvents.Emulator.Http.EventBridge;

/// <summary>The names of rules, targets, archives and replays.</summary>
internal static partial class ResourceName
{
    /// <param name="name">The name.</param>
    /// <param name="where">The member of the request, as refusals write it.</param>
    /// <param name="maxLength">Its length at most.</param>
    /// <exception cref="AwsException">The name is not valid.</exception>
    public static string Check(string name, string where, int maxLength) =>
        !Pattern().IsMatch(name) ? throw new AwsException("ValidationException", $"1 validation error detected: Value '{name}' at '{where}' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+")
        : name.Length > maxLength ? throw new AwsException("ValidationException", $"1 validation error detected: Value '{name}' at '{where}' failed to satisfy constraint: Member must have length less than or equal to {maxLength}")
        : name;

    [GeneratedRegex(@"\A[.\-_A-Za-z0-9]+\z")]
    private static partial Regex Pattern();
}
