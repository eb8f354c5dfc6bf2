using DataToEvents.Recovery.Commands;

namespace DataToEvents.Operator.Commands;

/// <summary>The operator's commands beyond those that bring records back.</summary>
internal static class FurtherCommands
{
    public static IEnumerable<Command> Of(Runner runner) =>
        [VerifyCommand.Create(runner), CostCommand.Create(runner), ReferenceCommand.Create(runner), CatalogCommand.Create(runner), LakeCommand.Create(runner)];
}
