"""What is asked of the reader, by due time, at most five."""
