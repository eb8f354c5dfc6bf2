#pragma warning disable CA1032 // Always says what is wrong.
namespace DataToEvents.Deployed.Tests.Discovery;

/// <summary>The deployment is not one that AWS would run, or has something that nobody has thought of here: never passed over in silence.</summary>
public sealed class DeploymentException(string message) : Exception(message);
