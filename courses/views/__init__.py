"""Pages of staff about courses."""
