using System.Globalization;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>The collector sees the host's memory, not the function's; told of it, it collects before Lambda kills the process.</summary>
internal static class HeapLimit
{
    public static void Apply(LambdaEnvironment environment)
    {
        if (environment.DisableHeapMemoryLimit
            || !ulong.TryParse(environment.FunctionMemorySize, CultureInfo.InvariantCulture, out var megabytes)
            || (ulong)GC.GetGCMemoryInfo().TotalAvailableMemoryBytes <= megabytes * 1024 * 1024)
        {
            return;
        }

        AppContext.SetData("GCHeapHardLimit", megabytes * 1024 * 1024);
        GC.RefreshMemoryLimit();
    }
}
