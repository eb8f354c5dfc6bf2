using System.Globalization;
using System.Text.Json;
using Amazon.Lambda.Model;
using AwsJson;

namespace Amazon.Lambda.Internal;

internal static class AliasOperations
{
    public static readonly JsonOperation<GetAliasRequest, GetAliasResponse> GetAlias = new(Operations.Service, "GetAlias", static (_, _) => { }, Read)
    {
        Target = static request => new RestTarget("GET", Of(request.FunctionName, request.Name)),
    };

    public static readonly JsonOperation<UpdateAliasRequest, UpdateAliasResponse> UpdateAlias = new(Operations.Service, "UpdateAlias", Write, Read)
    {
        Target = static request => new RestTarget("PUT", Of(request.FunctionName, request.Name)),
    };

    public static readonly JsonOperation<ListVersionsByFunctionRequest, ListVersionsByFunctionResponse> ListVersionsByFunction = new(
        Operations.Service, "ListVersionsByFunction", static (_, _) => { }, Read)
    {
        Target = static request => new RestTarget("GET", $"/2015-03-31/functions/{Operations.Named(request.FunctionName)}/versions")
        {
            Query = Operations.Set(("Marker", request.Marker), ("MaxItems", request.MaxItems?.ToString(CultureInfo.InvariantCulture))),
        },
    };

    private static string Of(string function, string alias) => $"/2015-03-31/functions/{Operations.Named(function)}/aliases/{Operations.Named(alias)}";

    private static void Write(Utf8JsonWriter writer, UpdateAliasRequest request)
    {
        writer.WriteIfSet("Description", request.Description);
        writer.WriteIfSet("FunctionVersion", request.FunctionVersion);
        writer.WriteIfSet("RevisionId", request.RevisionId);
        if (request.RoutingConfig is { } routing)
        {
            writer.WriteStartObject("RoutingConfig");
            if (routing.AdditionalVersionWeights is { } weights)
            {
                writer.WriteStartObject("AdditionalVersionWeights");
                foreach (var (version, weight) in weights)
                {
                    writer.WriteNumber(version, weight);
                }

                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }
    }

    private static void Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> name, GetAliasResponse alias)
    {
        if (name.Is("AliasArn"u8))
        {
            alias.AliasArn = reader.GetString();
        }
        else if (name.Is("Description"u8))
        {
            alias.Description = reader.GetString();
        }
        else if (name.Is("FunctionVersion"u8))
        {
            alias.FunctionVersion = reader.GetString();
        }
        else if (name.Is("Name"u8))
        {
            alias.Name = reader.GetString();
        }
        else if (name.Is("RevisionId"u8))
        {
            alias.RevisionId = reader.GetString();
        }
        else if (name.Is("RoutingConfig"u8))
        {
            alias.RoutingConfig = ReadRouting(ref reader);
        }
    }

    private static void Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> name, UpdateAliasResponse alias)
    {
        if (name.Is("AliasArn"u8))
        {
            alias.AliasArn = reader.GetString();
        }
        else if (name.Is("Description"u8))
        {
            alias.Description = reader.GetString();
        }
        else if (name.Is("FunctionVersion"u8))
        {
            alias.FunctionVersion = reader.GetString();
        }
        else if (name.Is("Name"u8))
        {
            alias.Name = reader.GetString();
        }
        else if (name.Is("RevisionId"u8))
        {
            alias.RevisionId = reader.GetString();
        }
        else if (name.Is("RoutingConfig"u8))
        {
            alias.RoutingConfig = ReadRouting(ref reader);
        }
    }

    private static AliasRoutingConfiguration ReadRouting(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Null ? null : reader.ReadObject<AliasRoutingConfiguration>(Read);

    private static void Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> name, AliasRoutingConfiguration routing)
    {
        if (name.Is("AdditionalVersionWeights"u8))
        {
            routing.AdditionalVersionWeights = ReadWeights(ref reader);
        }
    }

    private static Dictionary<string, double> ReadWeights(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        var weights = new Dictionary<string, double>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var version = reader.GetString();
            reader.Read();
            weights[version] = reader.GetDouble();
        }

        return weights;
    }

    private static void Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> name, ListVersionsByFunctionResponse response)
    {
        if (name.Is("NextMarker"u8))
        {
            response.NextMarker = reader.GetString();
        }
        else if (name.Is("Versions"u8))
        {
            response.Versions = reader.ReadList<FunctionConfiguration>(Read);
        }
    }

    private static void Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> name, FunctionConfiguration version)
    {
        if (name.Is("CodeSha256"u8))
        {
            version.CodeSha256 = reader.GetString();
        }
        else if (name.Is("Description"u8))
        {
            version.Description = reader.GetString();
        }
        else if (name.Is("Timeout"u8))
        {
            version.Timeout = reader.ReadInt();
        }
        else if (name.Is("FunctionArn"u8))
        {
            version.FunctionArn = reader.GetString();
        }
        else if (name.Is("FunctionName"u8))
        {
            version.FunctionName = reader.GetString();
        }
        else if (name.Is("LastModified"u8))
        {
            version.LastModified = reader.GetString();
        }
        else if (name.Is("Role"u8))
        {
            version.Role = reader.GetString();
        }
        else if (name.Is("Version"u8))
        {
            version.Version = reader.GetString();
        }
    }
}
