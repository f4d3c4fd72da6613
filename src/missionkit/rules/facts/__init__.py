"""What several rules ask of a model: who plays what, what is approved, what is red."""
