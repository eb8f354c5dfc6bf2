namespace DataToEvents.Functions.Runtime;

/// <summary>A function's environment variables, read once at init, each named in one place: the function's startup class.</summary>
public static class Setting
{
    /// <exception cref="InvalidOperationException">The variable is not set; the message names it and says what it holds.</exception>
    public static string Required(string name, string meaning) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value
            ? value
            : throw new InvalidOperationException($"The environment variable {name} is not set. It holds {meaning}.");

    public static string? Optional(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    /// <exception cref="InvalidOperationException">The variable is set to something else than a whole number in the range.</exception>
    public static int Whole(string name, int otherwise, int least, int most)
    {
        if (Optional(name) is not { } text)
        {
            return otherwise;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new InvalidOperationException($"The environment variable {name} is \"{text}\". It must be a whole number from {least} to {most}.");
    }

    /// <exception cref="InvalidOperationException">The variable is set to something else than true or false.</exception>
    public static bool Switch(string name, bool byDefault = false) => Optional(name) switch
    {
        null => byDefault,
        "false" => false,
        "true" => true,
        { } text => throw new InvalidOperationException($"The environment variable {name} is \"{text}\". It must be true or false."),
    };
}
