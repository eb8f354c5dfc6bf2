using DataToEvents.Deployed.Tests.Discovery;
using DataToEvents.Deployed.Tests.Permissions;

namespace DataToEvents.Deployed.Tests.Engine;

/// <summary>The API that takes records, as far as its wires go: what it does with a request, tests/Emulator holds against the same route of the local host.</summary>
internal static class IngestRoute
{
    /// <exception cref="DeploymentException">The route is open, leads elsewhere, or its role may not put records.</exception>
    public static void Check(Deployment deployment, Access access)
    {
        if (deployment.Ingest is not { } route)
        {
            return;
        }

        if (route.Authorization == "NONE" && !route.AsksForKey)
        {
            throw new DeploymentException("POST /ingest is open to everybody.");
        }

        if (route.Streams.Any(stream => stream != deployment.Delivery.Name))
        {
            throw new DeploymentException($"POST /ingest puts records into {string.Join(" and ", route.Streams)}, and {deployment.Delivery.Name} is what is there.");
        }

        access.Demand(route.RoleArn, "apigateway.amazonaws.com", deployment.Delivery.Arn, "firehose:PutRecord");
    }
}
