namespace DataToEvents.Adapters.Tests.Contracts;

/// <summary>One implementation of a port, opened for each test.</summary>
public abstract class PortContract : IAsyncLifetime
{
    public virtual Task InitializeAsync() => Task.CompletedTask;

    public virtual Task DisposeAsync() => Task.CompletedTask;
}
