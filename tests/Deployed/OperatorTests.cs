using System.Runtime.CompilerServices;
using DataToEvents.Deployed.Tests.Wiring;

namespace DataToEvents.Deployed.Tests;

/// <summary>
/// The operator brings back what was set aside while a deployment was broken, with AWS's names, from the places that AWS's services put it
/// into; before it <c>operator verify</c> says where it lies, and afterwards that nothing is missing.
/// </summary>
[Collection(nameof(DeployedWiring))]
public sealed class OperatorTests(DeployedWiring wiring)
{
    [DeployedFact]
    public Task Records_that_could_not_be_transformed_are_listed_shown_and_sent_in_again() => IsDone();

    [DeployedFact]
    public Task Messages_that_could_not_be_stored_are_listed_shown_and_moved_back_in_order() => IsDone();

    [DeployedFact]
    public Task A_dropped_message_is_lost_and_no_other() => IsDone();

    [DeployedFact]
    public Task Events_that_the_consumer_did_not_take_are_listed_shown_and_published_again() => IsDone();

    [DeployedFact]
    public Task All_dead_letters_of_the_rule_are_dropped_and_verify_misses_each() => IsDone();

    [DeployedFact]
    public Task Changes_that_could_not_be_published_are_listed_and_published() => IsDone();

    [DeployedFact]
    public Task A_conflict_is_listed_shown_and_released_as_an_event_of_its_own() => IsDone();

    [DeployedFact]
    public Task A_dropped_conflict_is_lost_and_the_event_that_stands_is_not() => IsDone();

    [DeployedFact]
    public Task Archive_store_and_lake_are_replayed_marked_and_the_consumer_ignores_them() => IsDone();

    private Task IsDone([CallerMemberName] string test = "") => wiring.Trials.Cured(test);
}
