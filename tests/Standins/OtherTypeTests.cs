using Amazon.DynamoDBStreams.Model;
using Amazon.EventBridge.Model;
using Amazon.KinesisFirehose.Model;

namespace DataToEvents.Standins.Tests;

/// <summary>What a build against the stand-ins has to show, because a build against the packages would fail of it.</summary>
public sealed class OtherTypeTests
{
    [Theory]
    [InlineData(typeof(PutEventsRequest), "Connection", "Condition", "Endpoint", "Target", "Rule", "Tag", "EventBus", "Archive", "Replay", "ThrottlingException")]
    [InlineData(typeof(Amazon.Athena.Model.StartQueryExecutionRequest), "Column", "Database", "NamedQuery", "WorkGroup", "ResultConfiguration", "Tag", "TooManyRequestsException")]
    [InlineData(typeof(PutRecordRequest), "Tag", "Processor", "Serializer", "RetryOptions", "BufferingHints", "PartitionField")]
    [InlineData(typeof(Amazon.Lambda.Model.GetFunctionConcurrencyRequest), "Cors", "Environment", "FunctionCode", "TracingConfig", "ImageConfig")]
    [InlineData(typeof(Amazon.IdentityManagement.Model.EvaluationResult), "Group", "Role", "User", "Statement", "ManagedPolicy", "Tag", "Position")]
    [InlineData(typeof(Amazon.ServiceQuotas.Model.ServiceQuota), "QuotaInfo", "QuotaPeriod", "ServiceInfo", "MetricInfo", "Tag")]
    [InlineData(typeof(GetRecordsRequest), "Shard", "Stream", "StreamDescription", "KeySchemaElement")]
    public void A_name_that_the_packages_models_have_is_there(Type one, params string[] names) =>
        names.Where(name => one.Assembly.GetType($"{one.Namespace}.{name}") is null).Should().BeEmpty();

    [Theory]
    [InlineData(typeof(Amazon.EventBridge.ReplayState), "RuleState", "ArchiveState", "ConnectionState", "Level")]
    [InlineData(typeof(Amazon.Athena.QueryExecutionState), "WorkGroupState", "EncryptionOption", "SessionState", "StatementType")]
    [InlineData(typeof(Amazon.KinesisFirehose.AmazonKinesisFirehoseClient), "CompressionFormat", "KeyType", "DeliveryStreamStatus")]
    [InlineData(typeof(Amazon.DynamoDBStreams.OperationType), "KeyType", "StreamViewType", "StreamStatus")]
    [InlineData(typeof(Amazon.Lambda.Core.ILambdaContext), "SnapshotRestore", "LambdaTraceProvider", "StructuredLoggingOptions")]
    [InlineData(typeof(Amazon.Lambda.DynamoDBEvents.DynamoDBEvent), "DynamoDBTimeWindowEvent", "ExtensionMethods")]
    [InlineData(typeof(Amazon.Lambda.APIGatewayEvents.APIGatewayHttpApiV2ProxyRequest), "APIGatewayProxyRequest", "APIGatewayProxyResponse")]
    [InlineData(typeof(Amazon.Lambda.RuntimeSupport.LambdaBootstrap), "RuntimeApiClient", "IRuntimeApiClient")]
    public void A_name_beside_them_is_there(Type one, params string[] names) => A_name_that_the_packages_models_have_is_there(one, names);
}
