// Public types of the package that we do not use. They hold nothing: they are here so that a name that is also ours is ambiguous here too, and not only with the package.
// Left out are requests and responses: each is called after its operation.
namespace Amazon.KinesisFirehose
{
    public class AmazonOpenSearchServerlessS3BackupMode;

    public class AmazonopensearchserviceIndexRotationPeriod;

    public class AmazonopensearchserviceS3BackupMode;

    public class CompressionFormat;

    public class Connectivity;

    public class ContentEncoding;

    public class DatabaseType;

    public class DefaultDocumentIdFormat;

    public class DeliveryStreamEncryptionStatus;

    public class DeliveryStreamFailureType;

    public class DeliveryStreamStatus;

    public class DeliveryStreamType;

    public class ElasticsearchIndexRotationPeriod;

    public class ElasticsearchS3BackupMode;

    public class HECEndpointType;

    public class HttpEndpointS3BackupMode;

    public class IcebergS3BackupMode;

    public class KeyType;

    public class NoEncryptionConfig;

    public class OrcCompression;

    public class OrcFormatVersion;

    public class ParquetCompression;

    public class ParquetWriterVersion;

    public class ProcessorParameterName;

    public class ProcessorType;

    public class RedshiftS3BackupMode;

    public class S3BackupMode;

    public class SSLMode;

    public class SnapshotRequestedBy;

    public class SnapshotStatus;

    public class SnowflakeDataLoadingOption;

    public class SnowflakeS3BackupMode;

    public class SplunkS3BackupMode;
}

namespace Amazon.KinesisFirehose.Model
{
    public class AmazonOpenSearchServerlessBufferingHints;

    public class AmazonOpenSearchServerlessDestinationConfiguration;

    public class AmazonOpenSearchServerlessDestinationDescription;

    public class AmazonOpenSearchServerlessDestinationUpdate;

    public class AmazonOpenSearchServerlessRetryOptions;

    public class AmazonopensearchserviceBufferingHints;

    public class AmazonopensearchserviceDestinationConfiguration;

    public class AmazonopensearchserviceDestinationDescription;

    public class AmazonopensearchserviceDestinationUpdate;

    public class AmazonopensearchserviceRetryOptions;

    public class AuthenticationConfiguration;

    public class BufferingHints;

    public class CatalogConfiguration;

    public class CloudWatchLoggingOptions;

    public class ConcurrentModificationException;

    public class CopyCommand;

    public class DataFormatConversionConfiguration;

    public class DatabaseColumnList;

    public class DatabaseList;

    public class DatabaseSnapshotInfo;

    public class DatabaseSourceAuthenticationConfiguration;

    public class DatabaseSourceConfiguration;

    public class DatabaseSourceDescription;

    public class DatabaseSourceVPCConfiguration;

    public class DatabaseTableList;

    public class DeliveryStreamDescription;

    public class DeliveryStreamEncryptionConfiguration;

    public class DeliveryStreamEncryptionConfigurationInput;

    public class Deserializer;

    public class DestinationDescription;

    public class DestinationTableConfiguration;

    public class DirectPutSourceConfiguration;

    public class DirectPutSourceDescription;

    public class DocumentIdOptions;

    public class DynamicPartitioningConfiguration;

    public class ElasticsearchBufferingHints;

    public class ElasticsearchDestinationConfiguration;

    public class ElasticsearchDestinationDescription;

    public class ElasticsearchDestinationUpdate;

    public class ElasticsearchRetryOptions;

    public class EncryptionConfiguration;

    public class ExtendedS3DestinationConfiguration;

    public class ExtendedS3DestinationDescription;

    public class ExtendedS3DestinationUpdate;

    public class FailureDescription;

    public class HiveJsonSerDe;

    public class HttpEndpointBufferingHints;

    public class HttpEndpointCommonAttribute;

    public class HttpEndpointConfiguration;

    public class HttpEndpointDescription;

    public class HttpEndpointDestinationConfiguration;

    public class HttpEndpointDestinationDescription;

    public class HttpEndpointDestinationUpdate;

    public class HttpEndpointRequestConfiguration;

    public class HttpEndpointRetryOptions;

    public class IcebergDestinationConfiguration;

    public class IcebergDestinationDescription;

    public class IcebergDestinationUpdate;

    public class InputFormatConfiguration;

    public class InvalidSourceException;

    public class KMSEncryptionConfig;

    public class KinesisStreamSourceConfiguration;

    public class KinesisStreamSourceDescription;

    public class MSKSourceConfiguration;

    public class MSKSourceDescription;

    public class OpenXJsonSerDe;

    public class OrcSerDe;

    public class OutputFormatConfiguration;

    public class ParquetSerDe;

    public class PartitionField;

    public class PartitionSpec;

    public class ProcessingConfiguration;

    public class Processor;

    public class ProcessorParameter;

    public class RedshiftDestinationConfiguration;

    public class RedshiftDestinationDescription;

    public class RedshiftDestinationUpdate;

    public class RedshiftRetryOptions;

    public class ResourceInUseException;

    public class RetryOptions;

    public class S3DestinationConfiguration;

    public class S3DestinationDescription;

    public class S3DestinationUpdate;

    public class SchemaConfiguration;

    public class SchemaEvolutionConfiguration;

    public class SecretsManagerConfiguration;

    public class Serializer;

    public class SnowflakeBufferingHints;

    public class SnowflakeDestinationConfiguration;

    public class SnowflakeDestinationDescription;

    public class SnowflakeDestinationUpdate;

    public class SnowflakeRetryOptions;

    public class SnowflakeRoleConfiguration;

    public class SnowflakeVpcConfiguration;

    public class SourceDescription;

    public class SplunkBufferingHints;

    public class SplunkDestinationConfiguration;

    public class SplunkDestinationDescription;

    public class SplunkDestinationUpdate;

    public class SplunkRetryOptions;

    public class TableCreationConfiguration;

    public class Tag;

    public class VpcConfiguration;

    public class VpcConfigurationDescription;
}
