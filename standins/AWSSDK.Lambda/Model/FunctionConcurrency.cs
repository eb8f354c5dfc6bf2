using Amazon.Runtime;

namespace Amazon.Lambda.Model;

/// <summary>Asks how many invocations at once are reserved for a function.</summary>
public class GetFunctionConcurrencyRequest : AmazonWebServiceRequest
{
    public string FunctionName { get; set; }
}

/// <summary>Without a number nothing is reserved.</summary>
public class GetFunctionConcurrencyResponse : AmazonWebServiceResponse
{
    public int? ReservedConcurrentExecutions { get; set; }
}

/// <summary>Reserves invocations at once for a function, which are its most too.</summary>
public class PutFunctionConcurrencyRequest : AmazonWebServiceRequest
{
    public string FunctionName { get; set; }

    public int? ReservedConcurrentExecutions { get; set; }
}

/// <summary>What is reserved now.</summary>
public class PutFunctionConcurrencyResponse : AmazonWebServiceResponse
{
    public int? ReservedConcurrentExecutions { get; set; }
}

/// <summary>Takes the reservation away.</summary>
public class DeleteFunctionConcurrencyRequest : AmazonWebServiceRequest
{
    public string FunctionName { get; set; }
}

/// <summary>It is gone.</summary>
public class DeleteFunctionConcurrencyResponse : AmazonWebServiceResponse
{
}
