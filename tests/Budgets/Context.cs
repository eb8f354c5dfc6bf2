using Amazon.Lambda.Core;
using NSubstitute;

namespace DataToEvents.Budgets.Tests;

internal static class Context
{
    /// <summary>An invocation with plenty of time.</summary>
    public static ILambdaContext Create()
    {
        var context = Substitute.For<ILambdaContext>();
        context.RemainingTime.Returns(TimeSpan.FromMinutes(1));
        context.TraceId.Returns("Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Parent=9a9197af755a6419;Sampled=1");
        return context;
    }
}
