namespace Amazon.Lambda.Annotations;

/// <summary>An attribute that takes its parameter's name unless it has one of its own.</summary>
public interface INamedAttribute
{
    string Name { get; set; }
}
