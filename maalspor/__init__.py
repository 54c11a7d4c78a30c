"""The front door: settings, commands and the demo state."""
