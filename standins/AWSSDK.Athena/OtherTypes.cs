// Public types of the package that we do not use. They hold nothing: they are here so that a name that is also ours is ambiguous here too, and not only with the package.
// Left out are requests and responses: each is called after its operation.
namespace Amazon.Athena
{
    public class AuthenticationType;

    public class CalculationExecutionState;

    public class CapacityAllocationStatus;

    public class CapacityReservationStatus;

    public class ColumnNullable;

    public class ConnectionType;

    public class DataCatalogStatus;

    public class DataCatalogType;

    public class EncryptionOption;

    public class ExecutorState;

    public class ExecutorType;

    public class NotebookType;

    public class QueryResultType;

    public class S3AclOption;

    public class SessionState;

    public class StatementType;

    public class ThrottleReason;

    public class WorkGroupState;
}

namespace Amazon.Athena.Model
{
    public class AclConfiguration;

    public class ApplicationDPUSizes;

    public class AthenaError;

    public class CalculationConfiguration;

    public class CalculationResult;

    public class CalculationStatistics;

    public class CalculationStatus;

    public class CalculationSummary;

    public class CapacityAllocation;

    public class CapacityAssignment;

    public class CapacityAssignmentConfiguration;

    public class CapacityReservation;

    public class Classification;

    public class CloudWatchLoggingConfiguration;

    public class Column;

    public class CustomerContentEncryptionConfiguration;

    public class DataCatalog;

    public class DataCatalogSummary;

    public class Database;

    public class EncryptionConfiguration;

    public class EngineConfiguration;

    public class EngineVersion;

    public class ExecutorsSummary;

    public class FilterDefinition;

    public class IdentityCenterConfiguration;

    public class InternalServerException;

    public class ManagedLoggingConfiguration;

    public class ManagedQueryResultsConfiguration;

    public class ManagedQueryResultsConfigurationUpdates;

    public class ManagedQueryResultsEncryptionConfiguration;

    public class MetadataException;

    public class MonitoringConfiguration;

    public class NamedQuery;

    public class NotebookMetadata;

    public class NotebookSessionSummary;

    public class PreparedStatement;

    public class PreparedStatementSummary;

    public class QueryResultsS3AccessGrantsConfiguration;

    public class QueryRuntimeStatistics;

    public class QueryRuntimeStatisticsRows;

    public class QueryRuntimeStatisticsTimeline;

    public class QueryStage;

    public class QueryStagePlanNode;

    public class ResourceNotFoundException;

    public class ResultConfiguration;

    public class ResultConfigurationUpdates;

    public class ResultReuseByAgeConfiguration;

    public class ResultReuseConfiguration;

    public class ResultReuseInformation;

    public class S3LoggingConfiguration;

    public class SessionAlreadyExistsException;

    public class SessionConfiguration;

    public class SessionStatistics;

    public class SessionStatus;

    public class SessionSummary;

    public class TableMetadata;

    public class Tag;

    public class TooManyRequestsException;

    public class UnprocessedNamedQueryId;

    public class UnprocessedPreparedStatementName;

    public class UnprocessedQueryExecutionId;

    public class WorkGroup;

    public class WorkGroupConfiguration;

    public class WorkGroupConfigurationUpdates;

    public class WorkGroupSummary;
}
