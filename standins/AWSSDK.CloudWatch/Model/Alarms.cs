using Amazon.Runtime;

namespace Amazon.CloudWatch.Model;

/// <summary>Asks for alarms by their names, or by how their names begin; with a state, for those in that state.</summary>
public class DescribeAlarmsRequest : AmazonWebServiceRequest
{
    public string AlarmNamePrefix { get; set; }

    public List<string> AlarmNames { get; set; }

    public string NextToken { get; set; }

    public StateValue StateValue { get; set; }
}

/// <summary>A page of alarms on metrics; null where there are none.</summary>
public class DescribeAlarmsResponse : AmazonWebServiceResponse
{
    public List<MetricAlarm> MetricAlarms { get; set; }

    public string NextToken { get; set; }
}

/// <summary>An alarm on a metric.</summary>
public class MetricAlarm
{
    public string AlarmName { get; set; }

    public string StateReason { get; set; }

    public StateValue StateValue { get; set; }
}
