// Public types of the package that we do not use. They hold nothing: they are here so that a name that is also ours is ambiguous here too, and not only with the package.
// Left out are requests and responses: each is called after its operation.
namespace Amazon.ServiceQuotas
{
    public class AppliedLevelEnum;

    public class ErrorCode;

    public class OptInLevel;

    public class OptInStatus;

    public class OptInType;

    public class PeriodUnit;

    public class QuotaContextScope;

    public class ReportStatus;

    public class RequestStatus;

    public class RequestType;

    public class ServiceQuotaTemplateAssociationStatus;
}

namespace Amazon.ServiceQuotas.Model
{
    public class AWSServiceAccessNotEnabledException;

    public class AccessDeniedException;

    public class DependencyAccessDeniedException;

    public class ErrorReason;

    public class IllegalArgumentException;

    public class InvalidPaginationTokenException;

    public class InvalidResourceStateException;

    public class MetricInfo;

    public class NoAvailableOrganizationException;

    public class OrganizationNotInAllFeaturesModeException;

    public class QuotaContextInfo;

    public class QuotaExceededException;

    public class QuotaInfo;

    public class QuotaPeriod;

    public class QuotaUtilizationInfo;

    public class RequestedServiceQuotaChange;

    public class ResourceAlreadyExistsException;

    public class ServiceException;

    public class ServiceInfo;

    public class ServiceQuotaIncreaseRequestInTemplate;

    public class ServiceQuotaTemplateNotInUseException;

    public class Tag;

    public class TagPolicyViolationException;

    public class TemplatesNotAvailableInRegionException;

    public class TooManyRequestsException;

    public class TooManyTagsException;
}
