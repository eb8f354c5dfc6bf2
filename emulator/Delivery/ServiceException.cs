namespace DataToEvents.Emulator.Delivery;

/// <summary>A call that the service refuses as a whole, in the service's own words.</summary>
/// <param name="code">The service's error code, such as <c>ValidationException</c> or <c>AWS.SimpleQueueService.EmptyBatchRequest</c>.</param>
/// <param name="message">The service's message.</param>
public sealed class ServiceException(string code, string message) : Exception(message)
{
    public string Code { get; } = code;
}
