using Amazon.Runtime;
using DataToEvents.Adapters.Aws;

namespace DataToEvents.Functions.Runtime;

/// <summary>
/// Checks at the start that queue, table or bus exists, so that a wrong setting fails the start and not each event. The check also opens the
/// connection that the first event uses.
/// </summary>
public static class StartCheck
{
    // Lambda stops a start after ten seconds without saying what took so long.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    /// <param name="service">The service's name, for error messages.</param>
    /// <param name="look">Throws if what the function needs does not exist.</param>
    /// <exception cref="TimeoutException">The service did not answer.</exception>
    public static void Ensure(string service, Func<CancellationToken, Task> look)
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            look(patience.Token).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException fault)
        {
            throw new TimeoutException($"{service} did not answer within {Patience.TotalSeconds} seconds. A function in a VPC needs an endpoint of it there, or a way out.", fault);
        }
        catch (AmazonServiceException fault) when (ServiceErrors.MayPass(fault))
        {
            // Such an error says nothing about the settings, and the call for an event is tried again anyway.
            Console.Error.WriteLine($"{service} could not be asked at the start: {fault.Message}");
        }
    }
}
