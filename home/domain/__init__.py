"""What may be done with news: make branches and drafts, keep who may write, take pictures in."""
