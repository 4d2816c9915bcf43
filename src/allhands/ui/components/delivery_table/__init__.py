"""What became of each thing sent; those who have not confirmed stand first."""
