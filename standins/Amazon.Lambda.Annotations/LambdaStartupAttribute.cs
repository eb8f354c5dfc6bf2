namespace Amazon.Lambda.Annotations;

/// <summary>Marks the class whose ConfigureServices(IServiceCollection) registers what functions are made of.</summary>
[AttributeUsage(AttributeTargets.Class)]
public class LambdaStartupAttribute : Attribute
{
}
