using Amazon.Runtime;

namespace Amazon.EventBridge.Model;

/// <summary>Up to ten events.</summary>
public class PutEventsRequest : AmazonWebServiceRequest
{
    /// <summary>A global endpoint; this stand-in does not sign for one (SigV4a) and refuses it.</summary>
    public string EndpointId { get; set; }

    public List<PutEventsRequestEntry> Entries { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

/// <summary>One event.</summary>
public class PutEventsRequestEntry
{
    /// <summary>A JSON object.</summary>
    public string Detail { get; set; }

    public string DetailType { get; set; }

    /// <summary>Name or ARN; the default bus when not set.</summary>
    public string EventBusName { get; set; }

    /// <summary>ARNs.</summary>
    public List<string> Resources { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public string Source { get; set; }

    /// <summary>When it happened; the time of the call when not set.</summary>
    public DateTime? Time { get; set; }

    /// <summary>An X-Amzn-Trace-Id.</summary>
    public string TraceHeader { get; set; }
}

/// <summary>What became of each event, in the request's order.</summary>
public class PutEventsResponse : AmazonWebServiceResponse
{
    public List<PutEventsResultEntry> Entries { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public int? FailedEntryCount { get; set; }
}

/// <summary>An id, or an error.</summary>
public class PutEventsResultEntry
{
    public string ErrorCode { get; set; }

    public string ErrorMessage { get; set; }

    public string EventId { get; set; }
}
