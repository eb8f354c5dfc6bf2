#pragma warning disable CA1032 // Always says what is wrong.
namespace DataToEvents.Deployed.Tests.Discovery;

/// <summary>AWS would not run the deployment, or it has something that this code does not know. Neither is ignored.</summary>
public sealed class DeploymentException(string message) : Exception(message);
