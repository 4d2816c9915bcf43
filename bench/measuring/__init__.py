"""What the measurements share: a node of their own, reports to submit, figures to print."""
