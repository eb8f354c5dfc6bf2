using Amazon.Runtime;

namespace Amazon.Lambda.Model;

/// <summary>Asks for the limits of the account in the region.</summary>
public class GetAccountSettingsRequest : AmazonWebServiceRequest
{
}

/// <summary>The limits.</summary>
public class GetAccountSettingsResponse : AmazonWebServiceResponse
{
    public AccountLimit AccountLimit { get; set; }
}

/// <summary>Invocations at once that the account may have, and how many of them are reserved for no function.</summary>
public class AccountLimit
{
    public int? ConcurrentExecutions { get; set; }

    public int? UnreservedConcurrentExecutions { get; set; }
}
