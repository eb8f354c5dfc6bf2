using Amazon.Runtime;

namespace Amazon.Lambda.Model;

/// <summary>A second version that an alias invokes, with its share: 0.1 is every tenth invocation.</summary>
public class AliasRoutingConfiguration
{
    public Dictionary<string, double> AdditionalVersionWeights { get; set; }
}

/// <summary>Asks which version an alias invokes.</summary>
public class GetAliasRequest : AmazonWebServiceRequest
{
    public string FunctionName { get; set; }

    public string Name { get; set; }
}

/// <summary>An alias.</summary>
public class GetAliasResponse : AmazonWebServiceResponse
{
    public string AliasArn { get; set; }

    public string Description { get; set; }

    public string FunctionVersion { get; set; }

    public string Name { get; set; }

    public string RevisionId { get; set; }

    public AliasRoutingConfiguration RoutingConfig { get; set; }
}

/// <summary>Changes an alias. What is not set stays. With a revision the service refuses it if somebody else changed the alias.</summary>
public class UpdateAliasRequest : AmazonWebServiceRequest
{
    public string Description { get; set; }

    public string FunctionName { get; set; }

    public string FunctionVersion { get; set; }

    public string Name { get; set; }

    public string RevisionId { get; set; }

    public AliasRoutingConfiguration RoutingConfig { get; set; }
}

/// <summary>The alias as it is now.</summary>
public class UpdateAliasResponse : AmazonWebServiceResponse
{
    public string AliasArn { get; set; }

    public string Description { get; set; }

    public string FunctionVersion { get; set; }

    public string Name { get; set; }

    public string RevisionId { get; set; }

    public AliasRoutingConfiguration RoutingConfig { get; set; }
}

/// <summary>Asks for the versions of a function, $LATEST among them.</summary>
public class ListVersionsByFunctionRequest : AmazonWebServiceRequest
{
    public string FunctionName { get; set; }

    public string Marker { get; set; }

    public int? MaxItems { get; set; }
}

/// <summary>A page of versions.</summary>
public class ListVersionsByFunctionResponse : AmazonWebServiceResponse
{
    public string NextMarker { get; set; }

    public List<FunctionConfiguration> Versions { get; set; }
}

/// <summary>One version of a function.</summary>
public class FunctionConfiguration
{
    public string CodeSha256 { get; set; }

    public string Description { get; set; }

    public string FunctionArn { get; set; }

    public string FunctionName { get; set; }

    public string LastModified { get; set; }

    public string Role { get; set; }

    public int? Timeout { get; set; }

    public string Version { get; set; }
}
