"""Says Demo or Drill on every page, print and file; draws nothing in the live world."""
