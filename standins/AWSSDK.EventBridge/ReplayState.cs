using Amazon.Runtime;

namespace Amazon.EventBridge;

/// <summary>How far a replay is.</summary>
public class ReplayState : ConstantClass
{
    public static readonly ReplayState CANCELLED = new("CANCELLED");
    public static readonly ReplayState CANCELLING = new("CANCELLING");
    public static readonly ReplayState COMPLETED = new("COMPLETED");
    public static readonly ReplayState FAILED = new("FAILED");
    public static readonly ReplayState RUNNING = new("RUNNING");
    public static readonly ReplayState STARTING = new("STARTING");

    public ReplayState(string value)
        : base(value)
    {
    }

    public static ReplayState FindValue(string value) => FindValue<ReplayState>(value);

    public static implicit operator ReplayState(string value) => FindValue(value);
}
