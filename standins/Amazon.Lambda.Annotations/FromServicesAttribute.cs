namespace Amazon.Lambda.Annotations;

/// <summary>The parameter comes from the invocation's scope of the service container.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public class FromServicesAttribute : Attribute
{
}
