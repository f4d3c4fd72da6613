"""What test suites of tools built on missionkit need: strategies for Hypothesis."""
