namespace Amazon.Lambda.Annotations;

/// <summary>Settings of all the functions in an assembly.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
public class LambdaGlobalPropertiesAttribute : Attribute
{
    /// <summary>Generates a Main that runs the function named by the environment variable ANNOTATIONS_HANDLER.</summary>
    public bool GenerateMain { get; set; }

    /// <summary>For CloudFormation.</summary>
    public string Runtime { get; set; }
}
