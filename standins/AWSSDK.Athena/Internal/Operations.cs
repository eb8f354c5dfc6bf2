using System.Text.Json;
using Amazon.Athena.Model;
using Amazon.Runtime.Internal;
using AwsJson;

namespace Amazon.Athena.Internal;

internal static class Operations
{
    private static readonly JsonService Service = new("Amazon.Athena", "AmazonAthena", "2017-05-18", ToException);

    public static readonly JsonOperation<StartQueryExecutionRequest, StartQueryExecutionResponse> StartQueryExecution = new(Service, "StartQueryExecution", Write, Read);

    public static readonly JsonOperation<StopQueryExecutionRequest, StopQueryExecutionResponse> StopQueryExecution = new(
        Service, "StopQueryExecution", static (writer, request) => writer.WriteIfSet("QueryExecutionId", request.QueryExecutionId), Read);

    public static readonly JsonOperation<GetQueryExecutionRequest, GetQueryExecutionResponse> GetQueryExecution = new(
        Service, "GetQueryExecution", static (writer, request) => writer.WriteIfSet("QueryExecutionId", request.QueryExecutionId), Read);

    public static readonly JsonOperation<GetQueryResultsRequest, GetQueryResultsResponse> GetQueryResults = new(Service, "GetQueryResults", Write, Read);

    private static void Write(Utf8JsonWriter writer, StartQueryExecutionRequest request)
    {
        writer.WriteIfSet("ClientRequestToken", request.ClientRequestToken ?? Guid.NewGuid().ToString());
        if (request.QueryExecutionContext is { } context)
        {
            writer.WriteStartObject("QueryExecutionContext");
            writer.WriteIfSet("Catalog", context.Catalog);
            writer.WriteIfSet("Database", context.Database);
            writer.WriteEndObject();
        }

        writer.WriteIfSet("QueryString", request.QueryString);
        writer.WriteIfSet("WorkGroup", request.WorkGroup);
    }

    private static void Write(Utf8JsonWriter writer, GetQueryResultsRequest request)
    {
        if (request.MaxResults is { } most)
        {
            writer.WriteNumber("MaxResults", most);
        }

        writer.WriteIfSet("NextToken", request.NextToken);
        writer.WriteIfSet("QueryExecutionId", request.QueryExecutionId);
    }

    private static void Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> name, StartQueryExecutionResponse response)
    {
        if (name.Is("QueryExecutionId"u8))
        {
            response.QueryExecutionId = reader.GetString();
        }
    }

    private static void Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> name, StopQueryExecutionResponse response)
    {
    }

    private static void Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> name, GetQueryExecutionResponse response)
    {
        if (name.Is("QueryExecution"u8))
        {
            response.QueryExecution = reader.ReadObject<QueryExecution>(Read);
        }
    }

    private static void Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> name, QueryExecution query)
    {
        if (name.Is("QueryExecutionId"u8))
        {
            query.QueryExecutionId = reader.GetString();
        }
        else if (name.Is("Statistics"u8))
        {
            query.Statistics = reader.ReadObject<QueryExecutionStatistics>(Read);
        }
        else if (name.Is("Status"u8))
        {
            query.Status = reader.ReadObject<QueryExecutionStatus>(Read);
        }
    }

    private static void Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> name, QueryExecutionStatistics statistics)
    {
        if (name.Is("DataScannedInBytes"u8))
        {
            statistics.DataScannedInBytes = reader.TokenType == JsonTokenType.Null ? null : reader.GetInt64();
        }
    }

    private static void Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> name, QueryExecutionStatus status)
    {
        if (name.Is("State"u8))
        {
            status.State = reader.GetString();
        }
        else if (name.Is("StateChangeReason"u8))
        {
            status.StateChangeReason = reader.GetString();
        }
    }

    private static void Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> name, GetQueryResultsResponse response)
    {
        if (name.Is("NextToken"u8))
        {
            response.NextToken = reader.GetString();
        }
        else if (name.Is("ResultSet"u8))
        {
            response.ResultSet = reader.ReadObject<ResultSet>(Read);
        }
    }

    private static void Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> name, ResultSet answer)
    {
        if (name.Is("ResultSetMetadata"u8))
        {
            answer.ResultSetMetadata = reader.ReadObject<ResultSetMetadata>(Read);
        }
        else if (name.Is("Rows"u8))
        {
            answer.Rows = reader.ReadList<Row>(Read);
        }
    }

    private static void Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> name, ResultSetMetadata metadata)
    {
        if (name.Is("ColumnInfo"u8))
        {
            metadata.ColumnInfo = reader.ReadList<ColumnInfo>(Read);
        }
    }

    private static void Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> name, ColumnInfo column)
    {
        if (name.Is("Name"u8))
        {
            column.Name = reader.GetString();
        }
        else if (name.Is("Type"u8))
        {
            column.Type = reader.GetString();
        }
    }

    private static void Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> name, Row row)
    {
        if (name.Is("Data"u8))
        {
            row.Data = reader.ReadList<Datum>(Read);
        }
    }

    private static void Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> name, Datum datum)
    {
        if (name.Is("VarCharValue"u8))
        {
            datum.VarCharValue = reader.GetString();
        }
    }

    private static AmazonAthenaException ToException(ErrorResponse e) => e.Code switch
    {
        "InvalidRequestException" => new InvalidRequestException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        _ => new AmazonAthenaException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
    };
}
