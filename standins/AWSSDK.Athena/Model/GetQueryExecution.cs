using Amazon.Runtime;

namespace Amazon.Athena.Model;

/// <summary>Asks about a query.</summary>
public class GetQueryExecutionRequest : AmazonWebServiceRequest
{
    public string QueryExecutionId { get; set; }
}

/// <summary>The query.</summary>
public class GetQueryExecutionResponse : AmazonWebServiceResponse
{
    public QueryExecution QueryExecution { get; set; }
}

/// <summary>One run of a query.</summary>
public class QueryExecution
{
    public string QueryExecutionId { get; set; }

    public QueryExecutionStatistics Statistics { get; set; }

    public QueryExecutionStatus Status { get; set; }
}

/// <summary>What it read.</summary>
public class QueryExecutionStatistics
{
    public long? DataScannedInBytes { get; set; }
}

/// <summary>How far it is, and why.</summary>
public class QueryExecutionStatus
{
    public QueryExecutionState State { get; set; }

    public string StateChangeReason { get; set; }
}
