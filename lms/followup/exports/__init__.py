"""Papers of what follows a training, as PDF."""
