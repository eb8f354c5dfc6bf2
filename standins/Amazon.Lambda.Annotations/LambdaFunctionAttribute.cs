namespace Amazon.Lambda.Annotations;

/// <summary>Makes a method a Lambda function: the generator writes the handler around it. The properties describe it for CloudFormation.</summary>
[AttributeUsage(AttributeTargets.Method)]
public class LambdaFunctionAttribute : Attribute
{
    public string ResourceName { get; set; }

    /// <summary>In seconds.</summary>
    public uint Timeout { get; set; }

    /// <summary>In MB.</summary>
    public uint MemorySize { get; set; }

    public string Role { get; set; }

    public string Policies { get; set; }

    public LambdaPackageType PackageType { get; set; }
}

/// <summary>How a function is deployed.</summary>
public enum LambdaPackageType
{
    Zip = 0,
    Image = 1,
}
