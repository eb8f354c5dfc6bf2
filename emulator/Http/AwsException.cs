#pragma warning disable CA1032 // Carries an error in AWS's terms, never less.
namespace DataToEvents.Emulator.Http;

/// <summary>Ends a call with an error of AWS's.</summary>
public sealed class AwsException(AwsError error) : Exception(error.Message)
{
    public AwsException(string type, string message)
        : this(new AwsError(400, type, message))
    {
    }

    public AwsError Error { get; } = error;
}
