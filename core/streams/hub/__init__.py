"""What this process knows of texts that are being written: channels, their subscribers, and active runs."""
