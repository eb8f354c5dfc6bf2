using Amazon.Runtime;

namespace Amazon.IdentityManagement.Model;

/// <summary>Asks what the policies of a user, group or role allow.</summary>
public class SimulatePrincipalPolicyRequest : AmazonWebServiceRequest
{
    public List<string> ActionNames { get; set; }

    public string Marker { get; set; }

    public string PolicySourceArn { get; set; }

    public List<string> ResourceArns { get; set; }
}

/// <summary>A page of decisions; null where there are none.</summary>
public class SimulatePrincipalPolicyResponse : AmazonWebServiceResponse
{
    public List<EvaluationResult> EvaluationResults { get; set; }

    public bool? IsTruncated { get; set; }

    public string Marker { get; set; }
}

/// <summary>The decision on one action.</summary>
public class EvaluationResult
{
    public string EvalActionName { get; set; }

    public PolicyEvaluationDecisionType EvalDecision { get; set; }

    public string EvalResourceName { get; set; }
}
