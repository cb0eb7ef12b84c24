"""The Anti-Corruption Innovation Hub. Importing this package never imports the app."""
