using System.Text.Json;
using Amazon.Runtime.Internal;
using Amazon.ServiceQuotas.Model;
using AwsJson;

namespace Amazon.ServiceQuotas.Internal;

internal static class Operations
{
    private static readonly JsonService Service = new("Amazon.ServiceQuotas", "ServiceQuotasV20190624", "2019-06-24", ToException);

    public static readonly JsonOperation<GetServiceQuotaRequest, GetServiceQuotaResponse> GetServiceQuota = new(
        Service, "GetServiceQuota", static (writer, request) => Write(writer, request.QuotaCode, request.ServiceCode), Read);

    public static readonly JsonOperation<GetAWSDefaultServiceQuotaRequest, GetAWSDefaultServiceQuotaResponse> GetAWSDefaultServiceQuota = new(
        Service, "GetAWSDefaultServiceQuota", static (writer, request) => Write(writer, request.QuotaCode, request.ServiceCode), Read);

    private static void Write(Utf8JsonWriter writer, string quotaCode, string serviceCode)
    {
        writer.WriteIfSet("QuotaCode", quotaCode);
        writer.WriteIfSet("ServiceCode", serviceCode);
    }

    private static void Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> name, GetServiceQuotaResponse response)
    {
        if (name.Is("Quota"u8))
        {
            response.Quota = reader.ReadObject<ServiceQuota>(Read);
        }
    }

    private static void Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> name, GetAWSDefaultServiceQuotaResponse response)
    {
        if (name.Is("Quota"u8))
        {
            response.Quota = reader.ReadObject<ServiceQuota>(Read);
        }
    }

    private static void Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> name, ServiceQuota quota)
    {
        if (name.Is("QuotaCode"u8))
        {
            quota.QuotaCode = reader.GetString();
        }
        else if (name.Is("QuotaName"u8))
        {
            quota.QuotaName = reader.GetString();
        }
        else if (name.Is("Value"u8))
        {
            quota.Value = reader.TokenType == JsonTokenType.Null ? null : reader.GetDouble();
        }
    }

    private static AmazonServiceQuotasException ToException(ErrorResponse error) => error.Code switch
    {
        "NoSuchResourceException" => new NoSuchResourceException(error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
        _ => new AmazonServiceQuotasException(error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
    };
}
