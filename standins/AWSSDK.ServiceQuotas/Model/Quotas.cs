using Amazon.Runtime;

namespace Amazon.ServiceQuotas.Model;

/// <summary>Asks what a quota is for this account and region.</summary>
public class GetServiceQuotaRequest : AmazonWebServiceRequest
{
    public string QuotaCode { get; set; }

    public string ServiceCode { get; set; }
}

/// <summary>The quota.</summary>
public class GetServiceQuotaResponse : AmazonWebServiceResponse
{
    public ServiceQuota Quota { get; set; }
}

/// <summary>Asks what AWS gives to an account that asked for nothing.</summary>
public class GetAWSDefaultServiceQuotaRequest : AmazonWebServiceRequest
{
    public string QuotaCode { get; set; }

    public string ServiceCode { get; set; }
}

/// <summary>The quota.</summary>
public class GetAWSDefaultServiceQuotaResponse : AmazonWebServiceResponse
{
    public ServiceQuota Quota { get; set; }
}

/// <summary>A quota with its value.</summary>
public class ServiceQuota
{
    public string QuotaCode { get; set; }

    public string QuotaName { get; set; }

    public double? Value { get; set; }
}
