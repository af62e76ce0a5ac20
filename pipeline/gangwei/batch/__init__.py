"""Many documents: the plan, the workers, the journal, the merge."""
