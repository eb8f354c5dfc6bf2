using Amazon.Runtime;

namespace Amazon.Lambda.Model;

/// <summary>Asks for event source mappings, by their source or their function.</summary>
public class ListEventSourceMappingsRequest : AmazonWebServiceRequest
{
    public string EventSourceArn { get; set; }

    public string FunctionName { get; set; }

    public string Marker { get; set; }

    public int? MaxItems { get; set; }
}

/// <summary>A page of mappings.</summary>
public class ListEventSourceMappingsResponse : AmazonWebServiceResponse
{
    public List<EventSourceMappingConfiguration> EventSourceMappings { get; set; }

    public string NextMarker { get; set; }
}

/// <summary>A mapping.</summary>
public class EventSourceMappingConfiguration
{
    public string UUID { get; set; }

    public string EventSourceArn { get; set; }

    public string FunctionArn { get; set; }

    /// <summary>Creating, Enabling, Enabled, Disabling, Disabled, Updating or Deleting.</summary>
    public string State { get; set; }
}

/// <summary>Changes a mapping. What is not set stays.</summary>
public class UpdateEventSourceMappingRequest : AmazonWebServiceRequest
{
    public string UUID { get; set; }

    public bool? Enabled { get; set; }
}

/// <summary>The mapping as it is now.</summary>
public class UpdateEventSourceMappingResponse : AmazonWebServiceResponse
{
    public string UUID { get; set; }

    public string EventSourceArn { get; set; }

    public string FunctionArn { get; set; }

    public string State { get; set; }
}
