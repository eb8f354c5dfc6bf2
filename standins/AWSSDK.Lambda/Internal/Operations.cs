using System.Globalization;
using System.Text.Json;
using Amazon.Lambda.Model;
using Amazon.Runtime.Internal;
using AwsJson;

namespace Amazon.Lambda.Internal;

internal static class Operations
{
    private const string Mappings = "/2015-03-31/event-source-mappings/";

    public static readonly JsonService Service = new("Amazon.Lambda", "", "2015-03-31", ToException) { ContentType = "application/json" };

    public static readonly JsonOperation<ListEventSourceMappingsRequest, ListEventSourceMappingsResponse> ListEventSourceMappings = new(
        Service, "ListEventSourceMappings", static (_, _) => { }, Read)
    {
        Target = static request => new RestTarget("GET", Mappings)
        {
            Query = Set(("EventSourceArn", request.EventSourceArn), ("FunctionName", request.FunctionName), ("Marker", request.Marker), ("MaxItems", request.MaxItems?.ToString(CultureInfo.InvariantCulture))),
        },
    };

    public static readonly JsonOperation<UpdateEventSourceMappingRequest, UpdateEventSourceMappingResponse> UpdateEventSourceMapping = new(
        Service, "UpdateEventSourceMapping", static (writer, request) =>
        {
            if (request.Enabled is { } enabled)
            {
                writer.WriteBoolean("Enabled", enabled);
            }
        },
        Read)
    {
        Target = static request => new RestTarget("PUT", Mappings + Named(request.UUID)),
    };

    public static readonly JsonOperation<GetFunctionConcurrencyRequest, GetFunctionConcurrencyResponse> GetFunctionConcurrency = new(
        Service, "GetFunctionConcurrency", static (_, _) => { }, Read)
    {
        Target = static request => new RestTarget("GET", $"/2019-09-30/functions/{Named(request.FunctionName)}/concurrency"),
    };

    public static readonly JsonOperation<PutFunctionConcurrencyRequest, PutFunctionConcurrencyResponse> PutFunctionConcurrency = new(
        Service, "PutFunctionConcurrency", static (writer, request) =>
        {
            if (request.ReservedConcurrentExecutions is { } reserved)
            {
                writer.WriteNumber("ReservedConcurrentExecutions", reserved);
            }
        },
        Read)
    {
        Target = static request => new RestTarget("PUT", $"/2017-10-31/functions/{Named(request.FunctionName)}/concurrency"),
    };

    public static readonly JsonOperation<DeleteFunctionConcurrencyRequest, DeleteFunctionConcurrencyResponse> DeleteFunctionConcurrency = new(
        Service, "DeleteFunctionConcurrency", static (_, _) => { }, static (ref Utf8JsonReader _, ReadOnlySpan<byte> _, DeleteFunctionConcurrencyResponse _) => { })
    {
        Target = static request => new RestTarget("DELETE", $"/2017-10-31/functions/{Named(request.FunctionName)}/concurrency"),
    };

    public static readonly JsonOperation<GetAccountSettingsRequest, GetAccountSettingsResponse> GetAccountSettings = new(
        Service, "GetAccountSettings", static (_, _) => { }, Read)
    {
        Target = static _ => new RestTarget("GET", "/2016-08-19/account-settings"),
    };

    public static string Named(string value) => string.IsNullOrEmpty(value) ? throw new AmazonLambdaException("Request object does not have required field set") : value;

    public static Dictionary<string, string> Set(params ReadOnlySpan<(string Name, string Value)> parameters)
    {
        var set = new Dictionary<string, string>();
        foreach (var (name, value) in parameters)
        {
            if (value is not null)
            {
                set[name] = value;
            }
        }

        return set;
    }

    private static void Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> name, ListEventSourceMappingsResponse response)
    {
        if (name.Is("EventSourceMappings"u8))
        {
            response.EventSourceMappings = reader.ReadList<EventSourceMappingConfiguration>(Read);
        }
        else if (name.Is("NextMarker"u8))
        {
            response.NextMarker = reader.GetString();
        }
    }

    private static void Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> name, EventSourceMappingConfiguration mapping)
    {
        if (name.Is("UUID"u8))
        {
            mapping.UUID = reader.GetString();
        }
        else if (name.Is("EventSourceArn"u8))
        {
            mapping.EventSourceArn = reader.GetString();
        }
        else if (name.Is("FunctionArn"u8))
        {
            mapping.FunctionArn = reader.GetString();
        }
        else if (name.Is("State"u8))
        {
            mapping.State = reader.GetString();
        }
    }

    private static void Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> name, UpdateEventSourceMappingResponse response)
    {
        if (name.Is("UUID"u8))
        {
            response.UUID = reader.GetString();
        }
        else if (name.Is("EventSourceArn"u8))
        {
            response.EventSourceArn = reader.GetString();
        }
        else if (name.Is("FunctionArn"u8))
        {
            response.FunctionArn = reader.GetString();
        }
        else if (name.Is("State"u8))
        {
            response.State = reader.GetString();
        }
    }

    private static void Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> name, GetAccountSettingsResponse response)
    {
        if (name.Is("AccountLimit"u8))
        {
            response.AccountLimit = reader.ReadObject<AccountLimit>(Read);
        }
    }

    private static void Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> name, AccountLimit limit)
    {
        if (name.Is("ConcurrentExecutions"u8))
        {
            limit.ConcurrentExecutions = reader.ReadInt();
        }
        else if (name.Is("UnreservedConcurrentExecutions"u8))
        {
            limit.UnreservedConcurrentExecutions = reader.ReadInt();
        }
    }

    private static void Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> name, GetFunctionConcurrencyResponse response)
    {
        if (name.Is("ReservedConcurrentExecutions"u8))
        {
            response.ReservedConcurrentExecutions = reader.ReadInt();
        }
    }

    private static void Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> name, PutFunctionConcurrencyResponse response)
    {
        if (name.Is("ReservedConcurrentExecutions"u8))
        {
            response.ReservedConcurrentExecutions = reader.ReadInt();
        }
    }

    private static AmazonLambdaException ToException(ErrorResponse error) => error.Code switch
    {
        "PreconditionFailedException" => new PreconditionFailedException(error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
        "ResourceNotFoundException" => new ResourceNotFoundException(error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
        _ => new AmazonLambdaException(error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
    };
}
