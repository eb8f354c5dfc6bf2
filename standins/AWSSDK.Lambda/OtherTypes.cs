// Public types of the package that we do not use. They hold nothing: they are here so that a name that is also ours is ambiguous here too, and not only with the package.
// Left out are requests and responses: each is called after its operation.
namespace Amazon.Lambda
{
    public class ApplicationLogLevel;

    public class Architecture;

    public class CapacityProviderPredefinedMetricType;

    public class CapacityProviderScalingMode;

    public class CapacityProviderState;

    public class CodeSigningPolicy;

    public class EventSourceMappingMetric;

    public class EventSourceMappingSystemLogLevel;

    public class EventSourcePosition;

    public class ExecutionStatus;

    public class FullDocument;

    public class FunctionResponseType;

    public class FunctionUrlAuthType;

    public class FunctionVersion;

    public class FunctionVersionLatestPublished;

    public class InvocationType;

    public class InvokeMode;

    public class KafkaSchemaRegistryAuthType;

    public class KafkaSchemaValidationAttribute;

    public class LogFormat;

    public class LogType;

    public class OperationAction;

    public class OperationType;

    public class PackageType;

    public class RecursiveLoop;

    public class ResponseStreamingInvocationType;

    public class Runtime;

    public class SchemaRegistryEventRecordFormat;

    public class SnapStartApplyOn;

    public class SourceAccessType;

    public class SystemLogLevel;

    public class TenantIsolationMode;

    public class TracingMode;

    public class UpdateRuntimeOn;
}

namespace Amazon.Lambda.Model
{
    public class AllowedPublishers;

    public class AmazonManagedKafkaEventSourceConfig;

    public class CallbackOptions;

    public class CapacityProviderConfig;

    public class CapacityProviderPermissionsConfig;

    public class CapacityProviderScalingConfig;

    public class CapacityProviderVpcConfig;

    public class ChainedInvokeOptions;

    public class CodeSigningPolicies;

    public class ContextOptions;

    public class Cors;

    public class DeadLetterConfig;

    public class DestinationConfig;

    public class DocumentDBEventSourceConfig;

    public class DurableConfig;

    public class Environment;

    public class EphemeralStorage;

    public class ErrorObject;

    public class EventSourceMappingLoggingConfig;

    public class EventSourceMappingMetricsConfig;

    public class FileSystemConfig;

    public class Filter;

    public class FilterCriteria;

    public class FunctionCode;

    public class FunctionScalingConfig;

    public class ImageConfig;

    public class InstanceRequirements;

    public class KafkaSchemaRegistryAccessConfig;

    public class KafkaSchemaRegistryConfig;

    public class KafkaSchemaValidationConfig;

    public class LambdaManagedInstancesCapacityProviderConfig;

    public class LayerVersionContentInput;

    public class LoggingConfig;

    public class OnFailure;

    public class OnSuccess;

    public class OperationUpdate;

    public class ProvisionedPollerConfig;

    public class ScalingConfig;

    public class SelfManagedEventSource;

    public class SelfManagedKafkaEventSourceConfig;

    public class SnapStart;

    public class SourceAccessConfiguration;

    public class StepOptions;

    public class TargetTrackingScalingPolicy;

    public class TenancyConfig;

    public class TracingConfig;

    public class VpcConfig;

    public class WaitOptions;
}
