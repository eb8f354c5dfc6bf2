// A listener hears all activities of the process, so tests that run side by side would hear each other's.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
