using Xunit.Abstractions;
using Xunit.Sdk;

namespace DataToEvents.Emulator.Tests.Http.Contract;

/// <summary>Says what a test class needs on the machine. Where it is missing, the class's contract facts are reported as skipped.</summary>
[AttributeUsage(AttributeTargets.Class)]
public abstract class NeedsAttribute : Attribute
{
    /// <summary>What to install; null when nothing is missing.</summary>
    public abstract string? Missing { get; }
}

/// <summary>A fact that is skipped if the class that runs it, not the class that declares it, lacks something.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("DataToEvents.Emulator.Tests.Http.Contract.ContractFactDiscoverer", "DataToEvents.Emulator.Tests")]
public sealed class ContractFactAttribute : FactAttribute;

public sealed class ContractFactDiscoverer(IMessageSink messages) : IXunitTestCaseDiscoverer
{
    public IEnumerable<IXunitTestCase> Discover(ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute) =>
        [new ContractTestCase(messages, discoveryOptions.MethodDisplayOrDefault(), discoveryOptions.MethodDisplayOptionsOrDefault(), testMethod)];
}

public sealed class ContractTestCase : XunitTestCase
{
    [Obsolete("For xunit's deserializer.")]
    public ContractTestCase()
    {
    }

    public ContractTestCase(IMessageSink messages, TestMethodDisplay display, TestMethodDisplayOptions displayOptions, ITestMethod testMethod)
        : base(messages, display, displayOptions, testMethod)
    {
    }

    protected override string GetSkipReason(IAttributeInfo factAttribute)
    {
        var needs = TestMethod.TestClass.Class.ToRuntimeType().GetCustomAttributes(typeof(NeedsAttribute), inherit: true).Cast<NeedsAttribute>();
        return needs.Select(need => need.Missing).FirstOrDefault(missing => missing is not null) ?? base.GetSkipReason(factAttribute);
    }
}
