namespace DataToEvents.Generator.Sending;

/// <param name="Endpoint">Null: AWS's own, in the region of the SDK's usual chain.</param>
/// <param name="DeliveryStream">Its name.</param>
internal sealed record FirehoseTarget(Uri? Endpoint, string DeliveryStream);
