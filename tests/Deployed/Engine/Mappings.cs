using DataToEvents.Deployed.Tests.Discovery;
using DataToEvents.Deployed.Tests.Permissions;
using DataToEvents.Emulator;
using DataToEvents.Emulator.Lambda.Mappings;
using DataToEvents.Emulator.Queues;
using DataToEvents.Emulator.Tables;

namespace DataToEvents.Deployed.Tests.Engine;

/// <summary>Adds the deployed event source mappings to the account. It refuses those that Lambda would refuse.</summary>
internal sealed class Mappings(Deployment deployment, Access access, EmulatedAccount account)
{
    private const string Lambda = "lambda.amazonaws.com";

    public void AddQueue(DeployedMapping mapping, MessageQueue queue, IInvocable function)
    {
        var deployed = deployment.Function(mapping.FunctionArn);
        access.Demand(deployed.RoleArn, Lambda, mapping.SourceArn, "sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes");
        if (mapping.BatchingWindow > TimeSpan.Zero)
        {
            throw new DeploymentException($"The mapping of {mapping.SourceArn} waits for more messages, which is not played here.");
        }

        if (mapping.Filters.Count > 0)
        {
            throw new DeploymentException($"The mapping of {mapping.SourceArn} filters messages: what it does not want is deleted, which nothing here may be.");
        }

        account.MapQueue(queue, function, new QueueEventSourceOptions
        {
            BatchSize = mapping.BatchSize,
            MaximumConcurrency = mapping.MaximumConcurrency,
            ReportBatchItemFailures = mapping.ReportsBatchItemFailures,
            FunctionTimeout = deployed.Timeout,
        });
    }

    public Task AddStreamAsync(DeployedMapping mapping, ItemTable table, IInvocable function)
    {
        var deployed = deployment.Function(mapping.FunctionArn);
        access.Demand(
            deployed.RoleArn, Lambda, mapping.SourceArn, "dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:ListStreams");
        var retries = mapping.Stream!;
        return account.MapStreamAsync(
            table,
            function,
            new StreamEventSourceOptions
            {
                Id = mapping.Id,
                FunctionArn = mapping.FunctionArn,
                BatchSize = mapping.BatchSize,
                MaximumBatchingWindow = mapping.BatchingWindow,
                ParallelizationFactor = retries.ParallelizationFactor,
                MaximumRetryAttempts = retries.MaximumRetryAttempts,
                MaximumRecordAge = retries.MaximumRecordAge,
                BisectBatchOnFunctionError = retries.Bisect,
                ReportBatchItemFailures = mapping.ReportsBatchItemFailures,
                Filter = mapping.Filters.Count == 0 ? null : new StreamFilter(mapping.Filters, table.Options).Wants,
            },
            OnFailure(retries.OnFailureArn, deployed));
    }

    private BucketDestination? OnFailure(string? arn, DeployedFunction function)
    {
        if (arn is null)
        {
            return null;
        }

        // Lambda checks both when the mapping is made.
        access.Demand(function.RoleArn, Lambda, $"{arn}/aws/lambda/mapping", "s3:PutObject");
        access.Demand(function.RoleArn, Lambda, arn, "s3:ListBucket");
        return new BucketDestination(new GuardedBucket(account.Buckets[deployment.Bucket(arn).Name], arn, function.RoleArn, access));
    }
}
