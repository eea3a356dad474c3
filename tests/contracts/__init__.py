"""What a port promises, run on every adapter that claims to fit it."""
