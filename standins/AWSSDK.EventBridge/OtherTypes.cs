// Public types of the package that we do not use. They hold nothing: they are here so that a name that is also ours is ambiguous here too, and not only with the package.
// Left out are requests and responses: each is called after its operation.
namespace Amazon.EventBridge
{
    public class ApiDestinationHttpMethod;

    public class ApiDestinationState;

    public class ArchiveState;

    public class AssignPublicIp;

    public class ConnectionAuthorizationType;

    public class ConnectionOAuthHttpMethod;

    public class ConnectionState;

    public class EndpointState;

    public class EventSourceState;

    public class IncludeDetail;

    public class LaunchType;

    public class Level;

    public class PlacementConstraintType;

    public class PlacementStrategyType;

    public class PropagateTags;

    public class ReplicationState;

    public class RuleState;
}

namespace Amazon.EventBridge.Model
{
    public class AccessDeniedException;

    public class ApiDestination;

    public class AppSyncParameters;

    public class Archive;

    public class AwsVpcConfiguration;

    public class BatchArrayProperties;

    public class BatchParameters;

    public class BatchRetryStrategy;

    public class CapacityProviderStrategyItem;

    public class ConcurrentModificationException;

    public class Condition;

    public class Connection;

    public class ConnectionApiKeyAuthResponseParameters;

    public class ConnectionAuthResponseParameters;

    public class ConnectionBasicAuthResponseParameters;

    public class ConnectionBodyParameter;

    public class ConnectionHeaderParameter;

    public class ConnectionHttpParameters;

    public class ConnectionOAuthClientResponseParameters;

    public class ConnectionOAuthResponseParameters;

    public class ConnectionQueryStringParameter;

    public class ConnectivityResourceConfigurationArn;

    public class ConnectivityResourceParameters;

    public class CreateConnectionApiKeyAuthRequestParameters;

    public class CreateConnectionAuthRequestParameters;

    public class CreateConnectionBasicAuthRequestParameters;

    public class CreateConnectionOAuthClientRequestParameters;

    public class CreateConnectionOAuthRequestParameters;

    public class DeadLetterConfig;

    public class DescribeConnectionConnectivityParameters;

    public class DescribeConnectionResourceParameters;

    public class EcsParameters;

    public class Endpoint;

    public class EndpointEventBus;

    public class EventBus;

    public class EventSource;

    public class FailoverConfig;

    public class HttpParameters;

    public class IllegalStatusException;

    public class InputTransformer;

    public class InvalidEventPatternException;

    public class InvalidStateException;

    public class KinesisParameters;

    public class LimitExceededException;

    public class LogConfig;

    public class ManagedRuleException;

    public class NetworkConfiguration;

    public class OperationDisabledException;

    public class PartnerEventSource;

    public class PartnerEventSourceAccount;

    public class PlacementConstraint;

    public class PlacementStrategy;

    public class PolicyLengthExceededException;

    public class Primary;

    public class PutPartnerEventsRequestEntry;

    public class PutPartnerEventsResultEntry;

    public class PutTargetsResultEntry;

    public class RedshiftDataParameters;

    public class RemoveTargetsResultEntry;

    public class Replay;

    public class ReplicationConfig;

    public class RetryPolicy;

    public class RoutingConfig;

    public class Rule;

    public class RunCommandParameters;

    public class RunCommandTarget;

    public class SageMakerPipelineParameter;

    public class SageMakerPipelineParameters;

    public class Secondary;

    public class SqsParameters;

    public class Tag;

    public class Target;

    public class ThrottlingException;

    public class UpdateConnectionApiKeyAuthRequestParameters;

    public class UpdateConnectionAuthRequestParameters;

    public class UpdateConnectionBasicAuthRequestParameters;

    public class UpdateConnectionOAuthClientRequestParameters;

    public class UpdateConnectionOAuthRequestParameters;
}
