// Public types of the package that we do not use. They hold nothing: they are here so that a name that is also ours is ambiguous here too, and not only with the package.
// Left out are requests and responses: each is called after its operation.
namespace Amazon.CloudWatch
{
    public class ActionsSuppressedBy;

    public class AlarmMuteRuleStatus;

    public class AlarmType;

    public class AnomalyDetectorStateValue;

    public class AnomalyDetectorType;

    public class ComparisonOperator;

    public class EvaluationState;

    public class HistoryItemType;

    public class MetricStreamOutputFormat;

    public class OTelEnrichmentStatus;

    public class RecentlyActive;

    public class StandardUnit;

    public class Statistic;

    public class StatusCode;
}

namespace Amazon.CloudWatch.Model
{
    public class AlarmContributor;

    public class AlarmHistoryItem;

    public class AlarmMuteRuleSummary;

    public class AlarmPromQLCriteria;

    public class AnomalyDetector;

    public class AnomalyDetectorConfiguration;

    public class CompositeAlarm;

    public class ConcurrentModificationException;

    public class ConflictException;

    public class DashboardEntry;

    public class DashboardInvalidInputErrorException;

    public class DashboardNotFoundErrorException;

    public class DashboardValidationMessage;

    public class Datapoint;

    public class DimensionFilter;

    public class Entity;

    public class EntityMetricData;

    public class EvaluationCriteria;

    public class InsightRule;

    public class InsightRuleContributor;

    public class InsightRuleContributorDatapoint;

    public class InsightRuleMetricDatapoint;

    public class InternalServiceException;

    public class InvalidFormatException;

    public class InvalidNextTokenException;

    public class InvalidParameterCombinationException;

    public class InvalidParameterValueException;

    public class LabelOptions;

    public class LimitExceededException;

    public class ManagedRule;

    public class ManagedRuleDescription;

    public class ManagedRuleState;

    public class MessageData;

    public class MetricCharacteristics;

    public class MetricDatum;

    public class MetricMathAnomalyDetector;

    public class MetricStreamEntry;

    public class MetricStreamFilter;

    public class MetricStreamStatisticsConfiguration;

    public class MetricStreamStatisticsMetric;

    public class MissingRequiredParameterException;

    public class MuteTargets;

    public class PartialFailure;

    public class Range;

    public class ResourceNotFoundException;

    public class Rule;

    public class Schedule;

    public class SingleMetricAnomalyDetector;

    public class StatisticSet;

    public class Tag;
}
