"""The synthetic demo municipality."""
