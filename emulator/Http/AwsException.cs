#pragma warning disable CA1032 // Always carries an error in AWS's terms.
namespace DataToEvents.Emulator.Http;

/// <summary>Ends a call with one of AWS's errors.</summary>
public sealed class AwsException(AwsError error) : Exception(error.Message)
{
    public AwsException(string type, string message)
        : this(new AwsError(400, type, message))
    {
    }

    public AwsError Error { get; } = error;
}
