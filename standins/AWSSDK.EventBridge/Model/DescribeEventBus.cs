using Amazon.Runtime;

namespace Amazon.EventBridge.Model;

/// <summary>Asks about a bus by name or ARN; about the default bus when not set.</summary>
public class DescribeEventBusRequest : AmazonWebServiceRequest
{
    public string Name { get; set; }
}

/// <summary>The bus.</summary>
public class DescribeEventBusResponse : AmazonWebServiceResponse
{
    public string Arn { get; set; }

    public string Description { get; set; }

    public string KmsKeyIdentifier { get; set; }

    public string Name { get; set; }

    /// <summary>JSON.</summary>
    public string Policy { get; set; }
}
