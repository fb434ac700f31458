"""What staff look at: attempts of a training, answers to mark, results that no longer hold."""
