using Amazon.Runtime;

namespace Amazon.CloudWatch.Model;

/// <summary>Asks for the values of several metrics in a range of time.</summary>
public class GetMetricDataRequest : AmazonWebServiceRequest
{
    public DateTime? EndTime { get; set; }

    public List<MetricDataQuery> MetricDataQueries { get; set; }

    public string NextToken { get; set; }

    public ScanBy ScanBy { get; set; }

    public DateTime? StartTime { get; set; }
}

/// <summary>A page of values; null where there are none.</summary>
public class GetMetricDataResponse : AmazonWebServiceResponse
{
    public List<MetricDataResult> MetricDataResults { get; set; }

    public string NextToken { get; set; }
}

/// <summary>One metric, and the name that its values have in the answer.</summary>
public class MetricDataQuery
{
    public string Id { get; set; }

    public MetricStat MetricStat { get; set; }
}

/// <summary>A metric, and how its values are put together.</summary>
public class MetricStat
{
    public Metric Metric { get; set; }

    /// <summary>Seconds.</summary>
    public int? Period { get; set; }

    public string Stat { get; set; }
}

/// <summary>A metric's name, and what it is the metric of.</summary>
public class Metric
{
    public List<Dimension> Dimensions { get; set; }

    public string MetricName { get; set; }

    public string Namespace { get; set; }
}

/// <summary>What a metric is the metric of.</summary>
public class Dimension
{
    public string Name { get; set; }

    public string Value { get; set; }
}

/// <summary>Values of one metric with their times.</summary>
public class MetricDataResult
{
    public string Id { get; set; }

    public List<DateTime> Timestamps { get; set; }

    public List<double> Values { get; set; }
}
