namespace DataToEvents.Commands;

/// <summary>The exit codes. They are the same for all tools.</summary>
public static class ExitCode
{
    public const int Success = 0;

    /// <summary>Something of what was asked for was not done: a record not delivered, an event not found.</summary>
    public const int Incomplete = 1;

    public const int BadInput = 2;

    /// <summary>A service could not be reached or refuses; nothing was done.</summary>
    public const int NoTarget = 3;
}
