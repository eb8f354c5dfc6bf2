using Amazon.Runtime;

namespace Amazon.EventBridge.Model;

/// <summary>Asks about an archive.</summary>
public class DescribeArchiveRequest : AmazonWebServiceRequest
{
    public string ArchiveName { get; set; }
}

/// <summary>The archive.</summary>
public class DescribeArchiveResponse : AmazonWebServiceResponse
{
    public string ArchiveArn { get; set; }

    public string ArchiveName { get; set; }

    /// <summary>ARN of its bus.</summary>
    public string EventSourceArn { get; set; }
}
