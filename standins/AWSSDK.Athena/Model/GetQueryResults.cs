using Amazon.Runtime;

namespace Amazon.Athena.Model;

/// <summary>Asks for a page of a query's answer.</summary>
public class GetQueryResultsRequest : AmazonWebServiceRequest
{
    public int? MaxResults { get; set; }

    public string NextToken { get; set; }

    public string QueryExecutionId { get; set; }
}

/// <summary>The page. The first row of the first page has the names of the columns.</summary>
public class GetQueryResultsResponse : AmazonWebServiceResponse
{
    public string NextToken { get; set; }

    public ResultSet ResultSet { get; set; }
}

/// <summary>Rows and their columns.</summary>
public class ResultSet
{
    public ResultSetMetadata ResultSetMetadata { get; set; }

    public List<Row> Rows { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

/// <summary>The columns.</summary>
public class ResultSetMetadata
{
    public List<ColumnInfo> ColumnInfo { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

/// <summary>A column.</summary>
public class ColumnInfo
{
    public string Name { get; set; }

    public string Type { get; set; }
}

/// <summary>A row.</summary>
public class Row
{
    public List<Datum> Data { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

/// <summary>A value, as text; without it the value is null.</summary>
public class Datum
{
    public string VarCharValue { get; set; }
}
