// Public types of the package that we do not use. They hold nothing: they are here so that a name that is also ours is ambiguous here too, and not only with the package.
// Left out are requests and responses: each is called after its operation.
namespace Amazon.IdentityManagement
{
    public class AccessAdvisorUsageGranularityType;

    public class AssertionEncryptionModeType;

    public class AssignmentStatusType;

    public class ContextKeyTypeEnum;

    public class DeletionTaskStatusType;

    public class EncodingType;

    public class EntityType;

    public class FeatureType;

    public class GlobalEndpointTokenVersion;

    public class JobStatusType;

    public class PermissionCheckResultType;

    public class PermissionCheckStatusType;

    public class PermissionsBoundaryAttachmentType;

    public class PolicyOwnerEntityType;

    public class PolicyParameterTypeEnum;

    public class PolicyScopeType;

    public class PolicySourceType;

    public class PolicyType;

    public class PolicyUsageType;

    public class ReportFormatType;

    public class ReportStateType;

    public class SortKeyType;

    public class StateType;

    public class StatusType;

    public class SummaryKeyType;

    public class SummaryStateType;
}

namespace Amazon.IdentityManagement.Model
{
    public class AccessDetail;

    public class AccessKey;

    public class AccessKeyLastUsed;

    public class AccessKeyMetadata;

    public class AccountNotManagementOrDelegatedAdministratorException;

    public class AttachedPermissionsBoundary;

    public class AttachedPolicy;

    public class CallerIsNotManagementAccountException;

    public class ConcurrentModificationException;

    public class ContextEntry;

    public class CredentialReportExpiredException;

    public class CredentialReportNotPresentException;

    public class CredentialReportNotReadyException;

    public class DelegationPermission;

    public class DelegationRequest;

    public class DeleteConflictException;

    public class DeletionTaskFailureReasonType;

    public class DuplicateCertificateException;

    public class DuplicateSSHPublicKeyException;

    public class EntityAlreadyExistsException;

    public class EntityDetails;

    public class EntityInfo;

    public class EntityTemporarilyUnmodifiableException;

    public class ErrorDetails;

    public class FeatureDisabledException;

    public class FeatureEnabledException;

    public class Group;

    public class GroupDetail;

    public class InstanceProfile;

    public class InvalidAuthenticationCodeException;

    public class InvalidCertificateException;

    public class InvalidInputException;

    public class InvalidPublicKeyException;

    public class InvalidUserTypeException;

    public class KeyPairMismatchException;

    public class LimitExceededException;

    public class ListPoliciesGrantingServiceAccessEntry;

    public class LoginProfile;

    public class MFADevice;

    public class MalformedCertificateException;

    public class MalformedPolicyDocumentException;

    public class ManagedPolicy;

    public class ManagedPolicyDetail;

    public class NoSuchEntityException;

    public class OpenIDConnectProviderListEntry;

    public class OpenIdIdpCommunicationErrorException;

    public class OrganizationNotFoundException;

    public class OrganizationNotInAllFeaturesModeException;

    public class OrganizationsDecisionDetail;

    public class PasswordPolicy;

    public class PasswordPolicyViolationException;

    public class PermissionsBoundaryDecisionDetail;

    public class PolicyDetail;

    public class PolicyEvaluationException;

    public class PolicyGrantingServiceAccess;

    public class PolicyGroup;

    public class PolicyNotAttachableException;

    public class PolicyParameter;

    public class PolicyRole;

    public class PolicyUser;

    public class PolicyVersion;

    public class Position;

    public class ReportGenerationLimitExceededException;

    public class ResourceSpecificResult;

    public class Role;

    public class RoleDetail;

    public class RoleLastUsed;

    public class RoleUsageType;

    public class SAMLPrivateKey;

    public class SAMLProviderListEntry;

    public class SSHPublicKey;

    public class SSHPublicKeyMetadata;

    public class ServerCertificate;

    public class ServerCertificateMetadata;

    public class ServiceAccessNotEnabledException;

    public class ServiceFailureException;

    public class ServiceLastAccessed;

    public class ServiceNotSupportedException;

    public class ServiceSpecificCredential;

    public class ServiceSpecificCredentialMetadata;

    public class SigningCertificate;

    public class Statement;

    public class Tag;

    public class TrackedActionLastAccessed;

    public class UnmodifiableEntityException;

    public class UnrecognizedPublicKeyEncodingException;

    public class User;

    public class UserDetail;

    public class VirtualMFADevice;
}
