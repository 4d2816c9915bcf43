"""The demo county has authorities that may send alerts, and one simulated alert that is out."""
