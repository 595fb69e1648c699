"""What each command makes true, by topic. Called by `workflows.decide` only."""
