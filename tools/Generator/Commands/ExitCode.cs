namespace DataToEvents.Generator.Commands;

/// <summary>What the shell gets to know.</summary>
internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>At least one record was not delivered.</summary>
    public const int Incomplete = 1;

    public const int BadInput = 2;

    /// <summary>The target could not be reached or refuses the sender; nothing was delivered.</summary>
    public const int NoTarget = 3;
}
