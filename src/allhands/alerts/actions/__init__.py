"""What people and the clock do with alerts: one function a command."""
