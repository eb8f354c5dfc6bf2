using Amazon.Runtime;

namespace Amazon.EventBridge.Model;

/// <summary>Publishes the events of an archive again.</summary>
public class StartReplayRequest : AmazonWebServiceRequest
{
    public ReplayDestination Destination { get; set; }

    public DateTime? EventEndTime { get; set; }

    /// <summary>ARN of the archive.</summary>
    public string EventSourceArn { get; set; }

    public DateTime? EventStartTime { get; set; }

    /// <summary>No earlier replay may have had it.</summary>
    public string ReplayName { get; set; }
}

/// <summary>Where the events are published.</summary>
public class ReplayDestination
{
    /// <summary>ARN of the bus that the archive belongs to.</summary>
    public string Arn { get; set; }

    /// <summary>ARNs of the rules that take part; all when not set.</summary>
    public List<string> FilterArns { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

/// <summary>The replay that began.</summary>
public class StartReplayResponse : AmazonWebServiceResponse
{
    public string ReplayArn { get; set; }

    public ReplayState State { get; set; }

    public string StateReason { get; set; }
}

/// <summary>Asks about a replay.</summary>
public class DescribeReplayRequest : AmazonWebServiceRequest
{
    public string ReplayName { get; set; }
}

/// <summary>The replay.</summary>
public class DescribeReplayResponse : AmazonWebServiceResponse
{
    public string ReplayName { get; set; }

    public ReplayState State { get; set; }

    public string StateReason { get; set; }
}
