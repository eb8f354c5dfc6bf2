// A listener to activities hears all of the process: also those of a test beside it.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
