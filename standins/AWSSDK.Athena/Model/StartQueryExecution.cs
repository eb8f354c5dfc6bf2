using Amazon.Runtime;

namespace Amazon.Athena.Model;

/// <summary>Starts a query.</summary>
public class StartQueryExecutionRequest : AmazonWebServiceRequest
{
    /// <summary>A second request with the same token starts no second query. Without one, each call has its own.</summary>
    public string ClientRequestToken { get; set; }

    public QueryExecutionContext QueryExecutionContext { get; set; }

    public string QueryString { get; set; }

    public string WorkGroup { get; set; }
}

/// <summary>Where names of tables are looked for.</summary>
public class QueryExecutionContext
{
    public string Catalog { get; set; }

    public string Database { get; set; }
}

/// <summary>The query that began.</summary>
public class StartQueryExecutionResponse : AmazonWebServiceResponse
{
    public string QueryExecutionId { get; set; }
}

/// <summary>Ends a query.</summary>
public class StopQueryExecutionRequest : AmazonWebServiceRequest
{
    public string QueryExecutionId { get; set; }
}

/// <summary>The query is being ended.</summary>
public class StopQueryExecutionResponse : AmazonWebServiceResponse
{
}
