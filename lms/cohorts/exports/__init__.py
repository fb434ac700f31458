"""What staff take out of a training: tables, and what stands on its papers."""
